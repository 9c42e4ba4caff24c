import Domain
import Store

/// Who is behind one level of a chain at the time it fires, each once, in the order of the level's targets.
struct EscalationRecipients: Hashable, Sendable {
    var agents: [AgentID] = []
    /// Where mail goes: the agents' addresses and those that the level names.
    var addresses: [String] = []
    var endpoints: [WebhookEndpointID] = []

    var isEmpty: Bool { addresses.isEmpty && endpoints.isEmpty }
}

/// The people and endpoints that the levels of a batch may call (sla.md, Escalation chains, rule 3).
struct EscalationPeople {
    private var emails: [AgentID: String] = [:]
    private var heads: [GroupID: AgentID] = [:]
    private var members: [GroupID: [AgentID]] = [:]
    private var endpoints: Set<WebhookEndpointID> = []

    init(_ rows: [LoadEscalationPeople.Row]) {
        for row in rows {
            let group = GroupID(high: row.subject.high, low: row.subject.low)
            let agent = AgentID(high: row.id.high, low: row.id.low)
            switch row.role {
            case .agent: emails[agent] = row.email
            case .head:
                emails[agent] = row.email
                heads[group] = agent
            case .member:
                emails[agent] = row.email
                members[group, default: []].append(agent)
            case .endpoint: endpoints.insert(WebhookEndpointID(high: row.id.high, low: row.id.low))
            }
        }
    }

    /// - Parameters:
    ///   - group: the ticket's; its head is the supervisor.
    ///   - assignee: who has the ticket when the level fires.
    func recipients(of level: EscalationLevel, group: GroupID?, assignee: AgentID?) -> EscalationRecipients {
        var result = EscalationRecipients()
        func add(_ agent: AgentID?) {
            guard let agent, let email = emails[agent], !result.agents.contains(agent) else { return }
            result.agents.append(agent)
            add(email)
        }
        func add(_ address: String) {
            if !result.addresses.contains(address) { result.addresses.append(address) }
        }
        for target in level.targets {
            switch target {
            case .agent(let id): add(id)
            case .groupHead(let id): add(heads[id])
            case .group(let id): for member in members[id] ?? [] { add(member) }
            case .supervisor: add(group.flatMap { heads[$0] })
            case .assignee: add(assignee)
            case .email(let address): add(address)
            case .webhook(let id):
                if endpoints.contains(id), !result.endpoints.contains(id) { result.endpoints.append(id) }
            }
        }
        return result
    }
}

extension LoadEscalationPeople {
    /// Everybody whom the chains of these runs may call.
    init(tenant: TenantID, runs: [StoredRun]) {
        var agents: Set<AgentID> = []
        var groups: Set<GroupID> = []
        var endpoints: Set<WebhookEndpointID> = []
        for target in runs.flatMap(\.run.chain.levels).flatMap(\.targets) {
            switch target {
            case .agent(let id): agents.insert(id)
            case .group(let id), .groupHead(let id): groups.insert(id)
            case .webhook(let id): endpoints.insert(id)
            case .supervisor, .assignee, .email: break
            }
        }
        self.init(
            tenant: tenant,
            tickets: Array(Set(runs.map(\.ticket))),
            agents: Array(agents),
            groups: Array(groups),
            endpoints: Array(endpoints)
        )
    }
}
