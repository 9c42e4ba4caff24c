import Domain
import Store
import TestSupport
import Testing
import UseCases

/// The clocks of a desk's tickets, as stored and as their histories give them.
extension RoutingDesk {
    func ledger(of id: TicketID) async throws -> SLALedger {
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(LoadLedger(tenant: tenant.id, ticket: id))
        return try #require(try await api.database.run(unit).first(handle))
    }

    func rebuiltLedger(of id: TicketID) async throws -> SLALedger {
        let engine = try await api.configurations.withConfiguration(of: tenant.id) { configuration in
            try await api.configurations.confirm(configuration)
            return configuration.promises.engine
        }
        return try engine.replay(try await history(of: id).flatMap { $0.signals(lifecycle: .standard) }).ledger
    }

    func timerRows(of id: TicketID) async throws -> Set<TimerRow> {
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(LoadTimerRows(tenant: tenant.id, tickets: [id]))
        return Set(try await api.database.run(unit).rows(handle).map(\.timer))
    }

    func timer(_ metric: SLAMetric, of id: TicketID) async throws -> SLATimer {
        try #require(try await ledger(of: id).timers.last { $0.metric == metric })
    }

    /// Ticket, clocks and the clocks' rows are what the history gives: now, not only with the next change (sla.md, Timers; design.md I5).
    func expectClocks(of id: TicketID, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let rebuilt = try await rebuiltLedger(of: id)
        #expect(try await ledger(of: id).shortened() == rebuilt.shortened(), sourceLocation: sourceLocation)
        #expect(try await timerRows(of: id) == Set(rebuilt.timerRows), sourceLocation: sourceLocation)
        #expect(Ticket.replay(try await history(of: id)) == (try await ticket(id)), sourceLocation: sourceLocation)
    }

    /// When a ticket was given to the agent who has it.
    func assignedAt(_ id: TicketID) async throws -> Timestamp {
        try #require(try await history(of: id).last { if case .assigned = $0.payload { true } else { false } }).at
    }

    /// What the doctor says of histories and timers.
    func findings() async throws -> [DoctorFinding] {
        var options = DoctorOptions()
        options.skipped = Set(DoctorCheck.allCases).subtracting([.histories, .timers])
        return try await database.withEnvironment(role: "docket_migrate", connections: 2) { [options] environment in
            let schema = SchemaFacts(applied: 1, pending: []).finding
            return try await Doctor(environment: environment, options: options).examine(schema: schema)
        }
    }

    func expectNoFinding(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for finding in try await findings() { #expect(finding.status == .ok, "\(finding.message)", sourceLocation: sourceLocation) }
    }

    /// Lets schedulers fire what is due.
    ///
    /// - Returns: how many breaches of the ticket its history has then.
    func breaches(of id: TicketID) async throws -> Int {
        try await database.withEnvironment(role: "docket_scheduler") { scheduler in
            _ = try await DueTimers(environment: scheduler).fire(in: tenant.id, limit: 10)
        }
        return try await history(of: id).count { if case .timerBreached = $0.payload { true } else { false } }
    }
}
