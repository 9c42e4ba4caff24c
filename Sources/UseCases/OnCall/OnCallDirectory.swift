import Domain
import Store

/// The people and endpoints that a report on who is on call speaks of.
struct OnCallDirectory {
    private var names: [AgentID: (name: String, isActive: Bool)] = [:]
    private var endpoints: [WebhookEndpointID: (url: String, isActive: Bool)] = [:]
    private var members: [GroupID: [OnCallReport.Person]] = [:]
    private var sizes: [GroupID: Int] = [:]

    init(_ rows: [LoadOnCallPeople.Row]) {
        for row in rows {
            switch row {
            case .agent(let id, let name, let isActive): names[id] = (name, isActive)
            case .member(let group, let id, let name): members[group, default: []].append(OnCallReport.Person(id: id, name: name))
            case .size(let group, let count): sizes[group] = count
            case .endpoint(let id, let url, let isActive): endpoints[id] = (url, isActive)
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

    /// The first members of a group, and how many work here, counted to one more than are called.
    func people(of group: GroupID) -> (first: [OnCallReport.Person], count: Int) {
        ((members[group] ?? []).sorted { $0.id < $1.id }, sizes[group] ?? 0)
    }

    func endpoint(_ id: WebhookEndpointID) -> (url: String, isActive: Bool)? { endpoints[id] }
}
