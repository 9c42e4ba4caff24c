import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A ticket with many answers: what it keeps of its clocks is bounded, and nothing that it promised is lost (decision 0022).
@Suite struct LongConversationTests {
    private static let policy = #"""
        {"name":"Gold","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"next_response","seconds":600,"mode":"calendar"},
        {"metric":"periodic_update","seconds":14400,"mode":"calendar"},{"metric":"resolution","seconds":2880000,"mode":"calendar"}]}
        """#
    private static let rounds = 60

    /// A ticket whose customer asks again and again; every twentieth answer comes too late.
    private static func with(_ body: @Sendable (SchedulerDesk, TicketID) async throws -> Void) async throws {
        try await SchedulerDesk.with(policy: policy) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.reply(to: id, by: agent)
            for round in 1...rounds {
                try await desk.advance(by: 60)
                let request = TicketRequest(id, in: desk.tenant.id, by: .system)
                _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And?")
                try await desk.advance(by: round.isMultiple(of: 20) ? 900 : 60)
                _ = try await desk.fire()
                try await desk.reply(to: id, by: agent)
            }
            try await body(desk, id)
        }
    }

    private func document(_ desk: SchedulerDesk) async throws -> Int {
        try await desk.number("SELECT json_array_length(document -> 'timers') FROM docket.sla_ledger")
    }

    @Test("The ledger keeps the newest; rows, thresholds and explanations keep all")
    func nothingIsLost() async throws {
        try await Self.with { desk, id in
            #expect(try await document(desk) <= SLALedger.maximumSuperseded + 2 * SLAMetric.allCases.count)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'next_response'") == Self.rounds)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'next_response' AND state = 'breached_met'") == 3)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE metric = 'next_response' AND kind = 'breach'") == 3)
            #expect(
                try await desk.number(
                    "SELECT count(*) FROM docket.sla_timer WHERE next_fire_at IS NOT NULL AND state NOT IN ('running', 'breached_running')"
                ) == 0
            )
            let queries = TimerQueries(environment: desk.api)
            let page = try await queries.timers(of: id, in: desk.tenant.id, limit: 1_000)
            let answers = page.timers.filter { $0.timer.metric == .nextResponse }
            #expect(answers.map(\.timer.instance) == Array(1...Self.rounds))
            #expect(answers.filter { $0.timer.state == .breachedMet }.map(\.timer.instance) == [20, 40, 60])
            #expect(answers.first?.explanation.windows.count == 1)
            let statement = try await queries.statement(of: id, in: desk.tenant.id)
            #expect(statement.items.count + statement.omitted == page.timers.count { SLAStatement.isForCustomers($0.timer.metric) })
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A ledger that was lost is made again by the next command, and neither rows nor explanations lack anything", arguments: [false, true])
    func lostLedger(withRows: Bool) async throws {
        try await Self.with { desk, id in
            struct Shown: Hashable {
                let metric: SLAMetric
                let instance: Int
                let state: SLATimer.State
                let windows: Int
            }
            func shown() async throws -> [Shown] {
                try await TimerQueries(environment: desk.api).timers(of: id, in: desk.tenant.id, limit: 1_000).timers.map {
                    Shown(metric: $0.timer.metric, instance: $0.timer.instance, state: $0.timer.state, windows: $0.explanation.windows.count)
                }
            }
            let rows = "SELECT metric, instance, state, outcome, counted_at FROM docket.sla_timer ORDER BY metric, instance"
            let (before, stored) = (try await shown(), try await desk.database.sql(rows))
            #expect(before.count > SLALedger.maximumSuperseded && stored.count == before.count)
            try await desk.database.sql("DELETE FROM docket.sla_ledger")
            if withRows { try await desk.database.sql("DELETE FROM docket.sla_timer") }
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.addMessage(request, visibility: .internal, author: .system, body: "x")
            #expect(try await document(desk) <= SLALedger.maximumSuperseded + 2 * SLAMetric.allCases.count)
            #expect(try await shown() == before)
            #expect(try await desk.database.sql(rows) == stored)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A clock that ran through a long conversation has its outcome when it ends")
    func longClock() async throws {
        let policy = #"""
            {"name":"Stages","targets":[{"metric":"next_response","seconds":600,"mode":"calendar"},{"metric":"periodic_update","seconds":14400,"mode":"calendar"},
            {"metric":"stage","stage":"process","seconds":3600,"mode":"calendar"},{"metric":"stage","stage":"feedback","seconds":3600,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.assign(request, to: agent)
            _ = try await desk.commands.transition(request, to: .inProgress)
            try await desk.reply(to: id, by: agent)
            for _ in 1...40 {
                try await desk.advance(by: 10)
                _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And?")
                try await desk.advance(by: 10)
                try await desk.reply(to: id, by: agent)
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'stage' AND state = 'running'") == 1)
            _ = try await desk.commands.transition(request, to: .resolved)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'stage' AND state = 'met' AND outcome = 'met'") == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'stage' AND state = 'running'") == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'next_response' AND outcome = 'met'") == 40)
            #expect(try await document(desk) <= SLALedger.maximumSuperseded + 2 * SLAMetric.allCases.count)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("The doctor finds nothing wrong with it, sees what is, and repairs it")
    func doctor() async throws {
        try await Self.with { desk, _ in
            try await desk.database.withEnvironment(role: "docket_migrate", connections: 2) { environment in
                var options = DoctorOptions()
                options.skipped = Set(DoctorCheck.allCases).subtracting([.timers, .histories])
                let doctor = Doctor(environment: environment, options: options, timeZoneDatabase: "2025b")
                let schema = SchemaFacts(applied: 8, pending: []).finding
                for finding in try await doctor.examine(schema: schema) { #expect(finding.status == .ok, "\(finding.message) \(finding.details)") }
                // A live clock that no ledger knows, and a ledger of an earlier version without its first timers.
                try await desk.database.sql(
                    "UPDATE docket.sla_ledger SET document = json_build_object('facts', document -> 'facts', 'timers', '[]'::json)"
                )
                #expect(try await doctor.examine(schema: schema).allSatisfy { $0.status == .problem })
                _ = try await doctor.repair()
                for finding in try await doctor.examine(schema: schema) { #expect(finding.status == .ok, "\(finding.message) \(finding.details)") }
            }
            #expect(try await document(desk) <= SLALedger.maximumSuperseded + 2 * SLAMetric.allCases.count)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE metric = 'next_response'") == Self.rounds)
        }
    }
}
