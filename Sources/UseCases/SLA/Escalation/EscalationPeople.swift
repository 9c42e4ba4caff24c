import Domain
import Store

/// The people and endpoints that the levels of a batch may call (sla.md, Escalation chains, rule 3).
struct EscalationPeople {
    private struct Person {
        let email: String
        let settings: NotificationSettings?
        /// Compiled once for the batch; nil where the hours cannot be judged, which are not quiet then.
        let quiet: BusinessCalendar?
    }

    private var people: [AgentID: Person] = [:]
    private var heads: [GroupID: AgentID] = [:]
    private var members: [GroupID: [AgentID]] = [:]
    private var managers: [AgentID: AgentID] = [:]
    /// Also those who work here no more.
    private(set) var followers: [TicketID: [AgentID]] = [:]
    private var endpoints: Set<WebhookEndpointID> = []
    private let rotas: [RotaID: AgentID]
    /// Who is known not to be there: they hear of everything, and are given nothing.
    var away: Set<AgentID> = []

    /// - Parameter rotas: who is on call now.
    init(_ rows: [LoadEscalationPeople.Row], rotas: [RotaID: AgentID], zones: any TimeZoneSource) {
        self.rotas = rotas
        for row in rows {
            let agent = AgentID(high: row.id.high, low: row.id.low)
            if row.role != .endpoint, !row.email.isEmpty, people[agent] == nil {
                let quiet = row.settings.flatMap { try? $0.quietCalendar(zones: zones) }
                people[agent] = Person(email: row.email, settings: row.settings, quiet: quiet)
            }
            switch row.role {
            case .agent: break
            case .head: heads[GroupID(high: row.subject.high, low: row.subject.low)] = agent
            case .member: members[GroupID(high: row.subject.high, low: row.subject.low), default: []].append(agent)
            case .manager: managers[AgentID(high: row.subject.high, low: row.subject.low)] = agent
            case .follower: followers[TicketID(high: row.subject.high, low: row.subject.low), default: []].append(agent)
            case .endpoint: endpoints.insert(WebhookEndpointID(high: row.id.high, low: row.id.low))
            }
        }
        // The first of them is given tickets, so that their order must not be left to a plan.
        members = members.mapValues { $0.sorted() }
    }

    /// - Parameters:
    ///   - group: the ticket's; its head is the supervisor.
    ///   - assignee: who has the ticket when the level fires.
    func recipients(of level: EscalationLevel, group: GroupID?, assignee: AgentID?) -> EscalationRecipients {
        var result = EscalationRecipients()
        var called: Set<AgentID> = []
        func add(_ agent: AgentID?) {
            guard let agent, people[agent] != nil, !called.contains(agent) else { return }
            guard result.agents.count < EscalationLevel.maximumRecipients else { return result.isCut = true }
            called.insert(agent)
            result.agents.append(agent)
        }
        for target in level.targets {
            switch target {
            case .agent(let id): add(id)
            case .groupHead(let id): add(heads[id])
            case .group(let id):
                let all = members[id] ?? []
                for member in all.prefix(EscalationLevel.maximumMembers) { add(member) }
                if all.count > EscalationLevel.maximumMembers { result.isCut = true }
            case .supervisor: add(group.flatMap { heads[$0] })
            case .assignee: add(assignee)
            case .manager: add(assignee.flatMap { managers[$0] })
            case .rota(let id): add(rotas[id])
            case .email(let address): if !result.addresses.contains(address) { result.addresses.append(address) }
            case .webhook(let id): if endpoints.contains(id), !result.endpoints.contains(id) { result.endpoints.append(id) }
            }
        }
        result.taker = result.agents.first { !away.contains($0) }
        return result
    }

    /// Forgets people who turn out to work here no more.
    mutating func forget(_ gone: Set<AgentID>) {
        for agent in gone { people[agent] = nil }
    }

    /// Everybody who works here.
    var everybody: [AgentID] { people.keys.sorted() }

    /// Whether somebody hears of anything: not who works here no more.
    func canTell(_ agent: AgentID) -> Bool { people[agent] != nil }

    /// How agents hear of something, each by his own settings, and addresses at once.
    func notices(to agents: [AgentID], and addresses: [String], priority: Priority, now: Timestamp) -> [EscalationNotice] {
        var notices: [EscalationNotice] = []
        var reached: Set<String> = []
        for agent in agents {
            guard let person = people[agent] else { continue }
            let plan = plan(for: person, priority: priority, now: now)
            notices.append(EscalationNotice(plan, to: agent, at: person.email))
            // Who gets a mail, now or later, gets no other by his address.
            if plan.channel == .email { reached.insert(person.email.lowercased()) }
        }
        return notices + addresses.filter { !reached.contains($0.lowercased()) }.map { .mail(address: $0) }
    }

    /// How an agent hears of something; nil for who works here no more.
    func notice(to agent: AgentID, priority: Priority, now: Timestamp) -> EscalationNotice? {
        people[agent].map { EscalationNotice(plan(for: $0, priority: priority, now: now), to: agent, at: $0.email) }
    }

    private func plan(for person: Person, priority: Priority, now: Timestamp) -> NoticePlan {
        NoticePlan(for: person.settings, quiet: person.quiet, priority: priority, now: now) { endpoints.contains($0) }
    }
}

extension LoadEscalationPeople {
    /// Everybody whom the chains of these runs may call.
    ///
    /// - Parameter onCall: who is on call now.
    init(tenant: TenantID, runs: [EscalationRunRecord], onCall: [RotaID: AgentID]) {
        var agents: Set<AgentID> = []
        var groups: Set<GroupID> = []
        for target in runs.flatMap(\.run.chain.levels).flatMap(\.targets) {
            switch target {
            case .agent(let id): agents.insert(id)
            case .group(let id), .groupHead(let id): groups.insert(id)
            case .rota(let id): if let agent = onCall[id] { agents.insert(agent) }
            case .supervisor, .assignee, .manager, .email, .webhook: break
            }
        }
        self.init(tenant: tenant, tickets: Array(Set(runs.map(\.ticket))), agents: Array(agents), groups: Array(groups))
    }
}
