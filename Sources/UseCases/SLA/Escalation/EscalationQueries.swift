public import Domain
import Store

/// Reads the runs of escalation chains; changes nothing.
public struct EscalationQueries: Sendable {
    private let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// A run: what it did, and what is to come.
    public struct Entry: Sendable {
        public let stored: EscalationRunRecord
        public let fired: [FiredEscalation]
        /// If everybody is found and nobody acknowledges.
        public let upcoming: [EscalationFiring]
    }

    /// A page of a ticket's runs, ended ones too, in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func runs(of id: TicketID, in tenant: TenantID, after: EscalationRunID? = nil, limit: Int) async throws -> [Entry] {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            var unit = TenantUnit(tenant)
            unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
            let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
            let ledger = unit.add(LoadLedger(tenant: tenant, ticket: id))
            let runs = unit.add(LoadRunHistory(tenant: tenant, ticket: id, after: after, limit: limit))
            let result = try await environment.database.run(unit)
            guard let ticket = try result.first(found) else { throw UseCaseError.notFound }
            let stored = try result.rows(runs)
            guard !stored.isEmpty else { return [] }
            var further = TenantUnit(tenant)
            let handle = further.add(LoadRunFirings(tenant: tenant, runs: stored.map(\.id)))
            let fired = Dictionary(grouping: try await environment.database.run(further).rows(handle), by: \.run)
            let clocks = try result.first(ledger) ?? SLALedger()
            let keeper = EscalationKeeper(configuration: configuration, lifecycle: environment.rules.lifecycle)
            return stored.map { run in
                // The scheduler ends it when it comes to it: nothing of it will happen.
                let isOver = run.waitTrigger != nil && ticket.state != .waitingAssignment
                let upcoming = isOver ? [] : run.run.upcoming(calendar: keeper.calendar(of: run, ledger: clocks, ticket: ticket))
                return Entry(stored: run, fired: fired[run.id] ?? [], upcoming: upcoming)
            }
        }
    }
}
