import Domain
import Store

/// The names that a report on who is on call speaks of.
struct OnCallDirectory {
    private var names: [AgentID: (name: String, isActive: Bool)] = [:]
    private var endpoints: [WebhookEndpointID: (url: String, isActive: Bool)] = [:]
    private var members: [GroupID: [AgentID]] = [:]
    private var sizes: [GroupID: Int] = [:]
    private(set) var groups: [(id: GroupID, name: String, head: AgentID?)] = []
    private(set) var chains: [(id: EscalationChainID, name: String)] = []

    init(_ rows: [LoadOnCallDirectory.Row]) {
        for row in rows {
            let (high, low) = (row.id.high, row.id.low)
            switch row.role {
            case .agent: names[AgentID(high: high, low: low)] = (row.name, row.isActive)
            case .group: groups.append((GroupID(high: high, low: low), row.name, row.agent))
            case .member: if let agent = row.agent { members[GroupID(high: high, low: low), default: []].append(agent) }
            case .size: sizes[GroupID(high: high, low: low)] = row.count
            case .chain: chains.append((EscalationChainID(high: high, low: low), row.name))
            case .endpoint: endpoints[WebhookEndpointID(high: high, low: low)] = (row.name, row.isActive)
            }
        }
    }

    /// An agent who can be called; nil for one who works here no more.
    func person(_ id: AgentID?) -> OnCallReport.Person? {
        guard let id, let found = names[id], found.isActive else { return nil }
        return OnCallReport.Person(id: id, name: found.name)
    }

    /// Why an agent is not called.
    func absence(_ id: AgentID?) -> String {
        guard let id else { return "nobody" }
        return names[id].map { "\($0.name) is not active" } ?? "unknown agent"
    }

    func group(_ id: GroupID) -> (id: GroupID, name: String, head: AgentID?)? { groups.first { $0.id == id } }

    /// The first members of a group, and how many work here, counted to one more than are called.
    func people(of group: GroupID) -> (first: [OnCallReport.Person], count: Int) {
        ((members[group] ?? []).sorted().compactMap(person), sizes[group] ?? 0)
    }

    func endpoint(_ id: WebhookEndpointID) -> (url: String, isActive: Bool)? { endpoints[id] }
}
