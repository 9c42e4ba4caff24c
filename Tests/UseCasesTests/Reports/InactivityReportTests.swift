import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Every clock that an agent reset in time is a kept target (decision 0027).
@Suite struct InactivityReportTests {
    private static let policy = #"""
        {"name":"Touch","targets":[{"metric":"agent_inactivity","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}]}
        """#

    private func report(_ environment: UseCaseEnvironment, of tenant: TenantID) async throws -> [SLAReport.Counts] {
        let now = try await environment.clock.read()
        let span = now.adding(microseconds: -40 * 86_400_000_000)..<now.adding(microseconds: 86_400_000_000)
        return try await SLAReports(environment: environment, zones: OnlyUTC()).report(SLAReports.Query(span: span), in: tenant).rows.map(\.counts)
    }

    @Test("What agents reset in time is kept, in the report, in what the doctor makes again, and not in a ledger that grows")
    func keptTargets() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(Self.policy)
            let agent = try await tenant.addAgent()
            try await database.withEnvironment { api in
                let commands = TicketCommands(environment: api)
                let new = NewTicket(content: TicketContent(subject: "Touched"))
                guard case .done(let change) = try await commands.create(new, in: tenant.id, by: .system) else { throw UseCaseError.busy }
                let ticket = change.after.id
                @Sendable func touch(after seconds: Double) async throws {
                    try await database.advanceClock(by: seconds)
                    try await api.clock.read()
                    _ = try await commands.addMessage(
                        TicketRequest(ticket, in: tenant.id, by: .agent(agent)),
                        visibility: .internal,
                        author: .agent(agent),
                        body: "Looking."
                    )
                }
                // In silence; after a warning; too late; and many more.
                for seconds in [600.0, 2_400, 3_700] { try await touch(after: seconds) }
                for _ in 0..<70 { try await touch(after: 60) }
                let counts = try await report(api, of: tenant.id)
                #expect(counts == [SLAReport.Counts(met: 72, breached: 1, running: 1, cancelled: 0)])
                let timers = "SELECT json_array_length(document -> 'timers') FROM docket.sla_ledger"
                #expect(try await database.sql(timers).first?.first.flatMap { Int($0) }.map { $0 < 12 } == true)
                // People see the clock that runs, and those that somebody heard of.
                let shown = try await TimerQueries(environment: api).timers(of: ticket, in: tenant.id, limit: 200).timers
                #expect(shown.count == 3)
                try await database.withEnvironment(role: "docket_migrate") { environment in
                    let doctor = Doctor(environment: environment)
                    for check in [DoctorCheck.timers, .histories] {
                        let finding = try #require(try await doctor.examine(schema: DoctorDesk.schema).first { $0.check == check })
                        #expect(finding.status == .ok, "\(finding.message) \(finding.details)")
                    }
                    // From nothing but the history the same is counted.
                    try await database.sql("DELETE FROM docket.sla_timer; UPDATE docket.sla_ledger SET document = '{\"facts\":1}'")
                    #expect(try await report(api, of: tenant.id) == [])
                    _ = try await doctor.repair()
                }
                #expect(try await report(api, of: tenant.id) == counts)
                _ = try await commands.transition(TicketRequest(ticket, in: tenant.id, by: .system), to: .resolved)
                #expect(try await report(api, of: tenant.id) == [SLAReport.Counts(met: 73, breached: 1, running: 0, cancelled: 0)])
            }
        }
    }
}
