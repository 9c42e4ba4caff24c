public import Domain
public import Store

/// Computes the ledger of penalties from tickets' histories (features.md A5.8).
///
/// An entry belongs to one missed target of one timer and follows from the history and the policy version that was in force alone: computing it again
/// changes nothing, unless the ticket went on or its breach lasts.
public struct PenaltyLedger: Sendable {
    private let environment: UseCaseEnvironment
    /// The most events of several tickets that are read at once; where they have more, each is read by itself, page by page.
    private let maximumHistory: Int

    /// How many tickets are read at a time.
    static let page = 50
    /// The most tickets of one run that a person asks for. A run begins with those whose breach goes on, so a smaller one could be full of the same ones each time.
    public static let maximumTickets = 50_000

    public init(environment: UseCaseEnvironment) {
        self.init(environment: environment, maximumHistory: 5_000)
    }

    init(environment: UseCaseEnvironment, maximumHistory: Int) {
        self.environment = environment
        self.maximumHistory = maximumHistory
    }

    /// What a run did.
    public struct Run: Hashable, Sendable {
        public internal(set) var tickets = 0
        /// Entries that are new or differ from before.
        public internal(set) var written = 0
        /// Tickets whose clocks cannot be measured, as `docket doctor` tells: their entries stay as they are.
        public internal(set) var failed = 0
        /// Whether all of the time was gone through.
        public internal(set) var isComplete = true
    }

    /// Computes the entries of a time that are missing or no longer what the histories say.
    ///
    /// - Parameters:
    ///   - span: by when the targets were missed.
    ///   - scope: which of them.
    ///   - maximum: the most tickets.
    /// - Throws: ``StoreError``, ``UseCaseError``; what was written before stays.
    public func compute(_ span: Range<Timestamp>, in tenant: TenantID, scope: StaleBreaches.Scope = .all, maximum: Int = maximumTickets) async throws
        -> Run
    {
        var run = Run()
        var after: StaleBreaches.Row?
        while run.tickets < maximum {
            let limit = min(Self.page, maximum - run.tickets)
            let statement = StaleBreaches(tenant: tenant, span: span, after: after, limit: limit, scope: scope)
            let rows = try await environment.database.rows(statement, of: tenant)
            guard let last = rows.last else { return run }
            var seen: Set<TicketID> = []
            let tickets = rows.map(\.ticket).filter { seen.insert($0).inserted }
            let done = try await environment.configurations.withConfiguration(of: tenant) { try await compute(tickets, configuration: $0) }
            run.tickets += tickets.count
            run.written += done.written
            run.failed += done.failed
            // Several timers of a ticket may have been missed at one instant: the page goes on after the ticket.
            after = last
        }
        run.isComplete = false
        return run
    }

    /// Computes the entries again that may have changed, of targets that were missed within a time: those first that nobody looked at for longest, so that each has
    /// its turn however many there are.
    ///
    /// - Throws: ``StoreError``, ``UseCaseError``; what was written before stays.
    public func followUnsettled(_ span: Range<Timestamp>, in tenant: TenantID, maximum: Int = maximumTickets) async throws -> Run {
        var run = Run()
        var after: UnsettledPenalties.Row?
        while run.tickets < maximum {
            let limit = min(Self.page, maximum - run.tickets)
            let statement = UnsettledPenalties(tenant: tenant, in: span, after: after, limit: limit)
            let rows = try await environment.database.rows(statement, of: tenant)
            guard let last = rows.last else { return run }
            after = last
            var seen: Set<TicketID> = []
            let tickets = rows.map(\.ticket).filter { seen.insert($0).inserted }
            let done = try await environment.configurations.withConfiguration(of: tenant) { try await compute(tickets, configuration: $0) }
            // Also those that are as they were, or cannot be measured: otherwise they would come first for ever.
            _ = try await environment.database.affected(TouchPenalties(tenant: tenant, tickets: tickets), of: tenant)
            run.tickets += tickets.count
            run.written += done.written
            run.failed += done.failed
        }
        run.isComplete = false
        return run
    }

    private func compute(_ ids: [TicketID], configuration: TenantConfiguration) async throws -> Run {
        let tenant = configuration.tenant
        var unit = TenantUnit(tenant)
        // A ticket may name a policy newer than the known configuration: then this is read again.
        unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let time = unit.add(ReadTime())
        let tickets = unit.add(LoadTickets(tenant: tenant, tickets: ids))
        let events = ids.count > 1 ? unit.add(LoadEventsOfTickets(tenant: tenant, tickets: ids, limit: maximumHistory)) : nil
        let result: StoreResult
        do {
            result = try await environment.database.run(unit)
        } catch StoreError.tookTooLong where ids.count > 1 {
            return try await computeEach(ids, configuration: configuration)
        }
        guard let now = try result.first(time) else { return Run() }
        let read = try events.map { try result.rows($0) } ?? []
        var run = Run()
        // Together they were cut.
        if read.count >= maximumHistory { return try await computeEach(ids, configuration: configuration) }
        let histories = Dictionary(grouping: read, by: \.ticketID)
        var entries: [Entry] = []
        for ticket in try result.rows(tickets) {
            do {
                var history = History(engine: configuration.promises.engine, lifecycle: environment.rules.lifecycle)
                try history.follow(histories[ticket.id] ?? [])
                if events == nil {
                    let reader = HistoryReader(environment: environment, tenant: tenant)
                    try await reader.eachPage(of: ticket.id, after: history.sequence, until: now) { try history.follow($0) }
                }
                entries += try self.entries(of: ticket, history: history, promises: configuration.promises, now: now)
            } catch is SLAError {
                run.failed += 1
            }
        }
        if !entries.isEmpty {
            run.written = try await environment.database.affected(PutPenalties(tenant: tenant, penalties: entries, time: now), of: tenant)
        }
        return run
    }

    private func computeEach(_ ids: [TicketID], configuration: TenantConfiguration) async throws -> Run {
        var run = Run()
        for id in ids {
            let single = try await compute([id], configuration: configuration)
            run.written += single.written
            run.failed += single.failed
        }
        return run
    }

    /// What a ticket's events say of its breaches, taken in some at a time.
    private struct History {
        let lifecycle: Lifecycle
        var replay: SLABreachReplay
        /// The number of the last event.
        var sequence = 0

        init(engine: SLAEngine, lifecycle: Lifecycle) {
            self.lifecycle = lifecycle
            replay = SLABreachReplay(engine: engine)
        }

        mutating func follow(_ events: [TicketEvent]) throws(SLAError) {
            guard let last = events.last else { return }
            sequence = last.sequence
            try replay.follow(events.flatMap { $0.signals(lifecycle: lifecycle) })
        }
    }

    private typealias Entry = (penalty: SLAPenalty, throughSequence: Int)

    /// What the missed promises of a ticket cost, by its history as far as it goes.
    private func entries(of ticket: Ticket, history: History, promises: PromiseConfiguration, now: Timestamp) throws(SLAError) -> [Entry] {
        try history.replay.breaches(now: now).map { breach in
            let policy = promises.engine.context.policies[breach.policy]
            let band = breach.isSuppressed ? nil : policy?.penalty(for: breach.metric, overrun: breach.overrun)
            let penalty = SLAPenalty(
                id: environment.identifiers.next(),
                ticketID: ticket.id,
                breach: breach,
                requesterID: ticket.content.requesterID,
                price: SLAPenalty.Price(band)
            )
            return (penalty, history.sequence)
        }
    }
}
