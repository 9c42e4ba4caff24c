import Domain
import Store

/// Looks after the work of agents who are gone (routing.md F): what they have not answered goes back into its queue with its place kept; of those who
/// left for good, everything unsolved does, and recorded absences say which.
public struct AbsentAgents: Sendable {
    let environment: UseCaseEnvironment
    let failures: FailureSink

    /// Seconds beyond a lost lease for which tickets stay: a lost connection is no lost agent yet. What is offered to him is offered to others at once.
    public static let grace = 60
    /// Seconds after which nothing can still be on its way to somebody who went: longer than a pass, which may have read its agents before and give one of them
    /// a ticket after the first look.
    static let lateAssignments = 15
    /// Seconds for which what fails is tried again; then the agent counts as looked after, so that a ticket that nobody can change is not tried for ever.
    static let patience = 600
    /// How many of those who are due are found, and of how many one look takes care: which of them is left to chance, so that several dispatchers do not
    /// work one behind the other, and nobody waits behind those whose work fails.
    static let foundLimit = 1_000
    static let agentLimit = 100
    /// How many of an agent's tickets are read at once, and after how many that went back a look leaves the rest to the next.
    public static let ticketLimit = 200
    /// How many times as many a look goes through.
    public static let pageLimit = 10
    let ticketLimit: Int
    /// How far the looks have come among the tickets of whom, who is gone since when.
    private let goneRounds = LookRounds<Gone>()
    let absenceRounds = LookRounds<DueAbsence>()
    /// Of whom, and of which absences, the queues were told.
    private let left = FirstSights<AbsentAgent>()
    let begun = FirstSights<DueAbsence>()
    /// Who could not be looked after at all, such as one whose attendance cannot be read.
    private let failed = FailedSights<AbsentAgent>()

    private struct Gone: Hashable {
        let tenant: TenantID
        let agent: AgentID
        let since: Timestamp?
    }

    /// Which tickets of an agent are asked for.
    enum TicketsInHand {
        case all([TicketState])
        /// What nobody has answered since he got it.
        case unanswered([TicketState])
    }

    /// What was done of the tickets of one agent.
    struct Tally {
        var done = 0
        var failed = 0
    }

    public init(environment: UseCaseEnvironment, failures: FailureSink, ticketLimit: Int = Self.ticketLimit) {
        self.environment = environment
        self.failures = failures
        self.ticketLimit = ticketLimit
    }

    /// Looks after some of them, each ticket in a transaction of its own, which decides again under the ticket's lock. What fails for one ticket or agent
    /// is reported, found again, and holds up no other; an agent for whom nothing can be done is tried less and less often.
    ///
    /// - Returns: how many tickets went back.
    /// - Throws: ``StoreError``, where the database cannot be reached; what was done before stays done, the rest is found again.
    @discardableResult
    public func run() async throws -> Int {
        var count = try await followRecords()
        let gone = try await environment.database.agentsGone(grace: Self.grace, limit: Self.foundLimit)
        let silent = try await environment.database.agentsGone(grace: 0, limit: Self.foundLimit)
        try await signalQueues(of: left.new(among: Set(gone).union(silent)))
        // First, because somebody waits for them, and each is one ticket.
        count += try await rescindOffers(toSilent: Set(silent).subtracting(gone))
        for absent in Self.inTurns(failed.due(among: gone, isAll: gone.count < Self.foundLimit)).prefix(Self.agentLimit) {
            let done = try await failures.attempt(absent.tenant, agent: absent.agent) { try await settle(absent.agent, of: absent.tenant) }
            failed.note(absent, isDone: done != nil)
            count += done ?? 0
        }
        return count
    }

    /// One agent of each tenant after another, in an order of chance: a team that leaves at the end of its shift keeps nobody else's waiting.
    static func inTurns(_ agents: some Sequence<AbsentAgent>) -> [AbsentAgent] {
        let teams = Dictionary(grouping: agents, by: \.tenant).values.map { $0.shuffled() }.shuffled()
        let longest = teams.map(\.count).max() ?? 0
        return (0..<longest).flatMap { turn in teams.compactMap { turn < $0.count ? $0[turn] : nil } }
    }

    /// Whom only somebody could help who is not there any more may go to others, or to nobody (routing.md B): that is looked at as soon as it is seen, whatever
    /// becomes of his tickets.
    private func signalQueues(of agents: Set<AbsentAgent>) async throws {
        for (tenant, agents) in Dictionary(grouping: agents, by: \.tenant) {
            try await failures.attempt(tenant) {
                try await signalQueues(of: agents.map(\.agent).sorted(), in: tenant)
                left.note(agents)
            }
        }
    }

    func signalQueues(of agents: [AgentID], in tenant: TenantID) async throws {
        try await environment.database.run(SignalQueuesOfAgents(tenant: tenant, agents: agents, id: environment.identifiers.next()), of: tenant)
        environment.wakeUps.send(.routing)
    }

    /// Takes back what is offered to agents whose lease is over and whose tickets stay with them for a while yet.
    private func rescindOffers(toSilent silent: Set<AbsentAgent>) async throws -> Int {
        var count = 0
        for absent in Self.inTurns(silent).prefix(Self.agentLimit) {
            let tally = try await failures.attempt(absent.tenant, agent: absent.agent) {
                try await rescindOffers(to: absent.agent, tenant: absent.tenant)
            }
            count += tally?.done ?? 0
        }
        return count
    }

    private func settle(_ agent: AgentID, of tenant: TenantID) async throws -> Int {
        let question = LoadAttendance(tenant: tenant, agent: agent)
        guard let attendance = try await environment.database.first(question, of: tenant), attendance.isGone(grace: Self.grace) else { return 0 }
        let kind: TicketsInHand = attendance.isActive ? .unanswered(openStates) : .all(unsolvedStates)
        let gone = Gone(tenant: tenant, agent: agent, since: attendance.wentAt)
        var round = goneRounds.current(of: gone, isFinal: attendance.isGone(for: Self.lateAssignments))
        var tally = try await rescindOffers(to: agent, tenant: tenant)
        let isThrough = try await each(kind, of: agent, tenant: tenant, &round, &tally) { try await takeBack($0, from: agent, tenant: tenant) }
        round.failed += tally.failed
        // Where there is more the next look finds him again, and goes on there.
        guard isThrough else {
            goneRounds.leave(round, of: gone)
            return tally.done
        }
        goneRounds.end(gone)
        guard round.isFinal, let leaseUntil = attendance.leaseUntil else { return tally.done }
        // One that stays for ever must not keep him unsettled.
        guard round.failed == 0 || attendance.isLeaseOver(by: Self.grace + Self.patience) else { return tally.done }
        try await environment.database.run(SettleAbsence(tenant: tenant, agent: agent, leaseUntil: leaseUntil), of: tenant)
        return tally.done
    }

    /// What was offered to him goes to somebody else; that is no miss.
    func rescindOffers(to agent: AgentID, tenant: TenantID) async throws -> Tally {
        let offered = try await environment.database.rows(ListOfferedTickets(tenant: tenant, agent: agent), of: tenant)
        var tally = Tally()
        try await each(offered, of: agent, tenant: tenant, &tally) { ticket in
            try await commands.changeAsDispatcher(ticket, of: tenant) { situation in
                // He may be back, and answering.
                let attendance = try await situation.transaction.first(of: LoadAttendance(tenant: tenant, agent: agent))
                guard attendance?.isGone(grace: 0) != false else { return .unchanged(situation.ticket) }
                return environment.rules.rescindOffer(situation.ticket, to: agent, at: situation.now)
            }
        }
        return tally
    }

    /// - Parameter body: says whether something happened.
    func each(
        _ tickets: [TicketID],
        of agent: AgentID,
        tenant: TenantID,
        _ tally: inout Tally,
        _ body: (TicketID) async throws -> Bool
    ) async throws {
        for ticket in tickets {
            switch try await failures.attempt(tenant, agent: agent, ticket: ticket, { try await body(ticket) }) {
            case .some(let isDone): tally.done += isDone ? 1 : 0
            case nil: tally.failed += 1
            }
        }
    }

    /// The same for what an agent has in hand of a kind, a page after another from where the round has come to: at most ``pageLimit`` pages, because other agents wait for
    /// their looks.
    ///
    /// - Returns: whether it came to the end; not where the rest is left to the next look.
    func each<Thing>(
        _ kind: TicketsInHand,
        of agent: AgentID,
        tenant: TenantID,
        _ round: inout LookRounds<Thing>.Round,
        _ tally: inout Tally,
        _ body: (TicketID) async throws -> Bool
    ) async throws -> Bool {
        for _ in 0..<Self.pageLimit {
            let page = try await page(kind, of: agent, tenant: tenant, after: round.last)
            try await each(page.map(\.id), of: agent, tenant: tenant, &tally, body)
            guard page.count == ticketLimit else { return true }
            round.last = page.last
            guard tally.done < ticketLimit else { return false }
        }
        return false
    }

    private func page(_ kind: TicketsInHand, of agent: AgentID, tenant: TenantID, after last: TicketPosition?) async throws -> [TicketPosition] {
        let database = environment.database
        return switch kind {
        case .all(let states):
            try await database.rows(ListTicketsInHand(tenant: tenant, agent: agent, states: states, after: last, limit: ticketLimit), of: tenant)
        case .unanswered(let states):
            try await database.rows(ListUnansweredInHand(tenant: tenant, agent: agent, states: states, after: last, limit: ticketLimit), of: tenant)
        }
    }

    /// - Returns: whether the ticket went back.
    private func takeBack(_ ticket: TicketID, from agent: AgentID, tenant: TenantID) async throws -> Bool {
        try await commands.changeAsDispatcher(ticket, of: tenant) { situation in
            var statements = StatementList()
            let question = statements.add(LoadAttendance(tenant: tenant, agent: agent))
            let last = statements.add(LoadLastAssignment(tenant: tenant, ticket: ticket))
            let answered = statements.add(LoadIsAnswered(tenant: tenant, ticket: ticket))
            let result = try await situation.transaction.run(statements)
            guard let attendance = try result.first(question), attendance.isGone(grace: Self.grace) else { return .unchanged(situation.ticket) }
            if attendance.isActive, let went = attendance.wentAt, try result.first(last)?.isGivenKnowingly(since: went) == true {
                return .unchanged(situation.ticket)
            }
            let isAnswered = try result.first(answered) ?? true
            return attendance.isActive
                ? environment.rules.requeue(situation.ticket, from: agent, isAnswered: isAnswered, by: .dispatcher, at: situation.now)
                : environment.rules.redistribute(situation.ticket, from: agent, by: .dispatcher, at: situation.now)
        }
    }

    var commands: TicketCommands { TicketCommands(environment: environment) }

    var openStates: [TicketState] {
        environment.rules.lifecycle.states.filter { $0.category == .open }.map(\.state)
    }

    private var unsolvedStates: [TicketState] {
        environment.rules.lifecycle.states.filter(\.category.isUnsolved).map(\.state)
    }
}

extension TicketEvent {
    /// Whether an assignment was made by somebody who could know since `time` that the agent is away: passes of routing and levels of escalations decide on what
    /// they read before, and mean nobody who is away.
    func isGivenKnowingly(since time: Timestamp) -> Bool {
        at >= time && actor.kind != .dispatcher && actor.kind != .scheduler
    }
}
