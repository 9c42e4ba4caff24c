import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Queues that keep hours: the test clock stands at midnight UTC of a Monday, and the queue opens at nine.
@Suite struct QueueHoursTests {
    static func withHours(_ body: @Sendable (RoutingDesk) async throws -> Void) async throws {
        try await RoutingDesk.with(steps: #"[{"after":600,"tier":1}]"#, hasTestClock: true) { desk in
            let calendar: CalendarID = IdentifierSource().next()
            let hours = #"{"tz":"UTC","weekly":{"mon":[["09:00","17:00"]]}}"#
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '7 days'
                    - docket.now() AT TIME ZONE 'UTC'));
                INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 'Hours', '\(hours)', docket.now(), docket.now());
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 1, '\(hours)', docket.now());
                UPDATE docket.queue SET calendar_id = '\(calendar)' WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            desk.api.clock.invalidate()
            try await body(desk)
        }
    }

    @Test("While the queue is closed nothing is given out; the reason is recorded, and the stored time finds the queue when it opens")
    func closed() async throws {
        try await Self.withHours { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let report = try await desk.pass()
            #expect(report.assigned.isEmpty && !report.hasMore)
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("queue_closed"))
            #expect(try await desk.value("SELECT to_char(look_at AT TIME ZONE 'UTC', 'Dy HH24:MI') FROM docket.routing_lane") == "Mon 09:00")
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.waitsBecause == .queueClosed && explanation.winner == nil && explanation.agents.count == 1)
            #expect(explanation.opensAt.map(String.init(describing:))?.contains("T09:00:00") == true, "\(String(describing: explanation.opensAt))")

            // Its relaxation step comes and goes: time goes on, and nothing stays due.
            try await desk.database.advanceClock(by: 700)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.map(\.isStepDue) == [true])
            _ = try await desk.pass(isStepDue: true)
            let quiet = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(quiet.lanes.isEmpty)
            let left = try #require(quiet.untilNextStep)
            let seconds = Int(left / 1_000_000)
            #expect((31_600...31_700).contains(seconds), "nine hours less the 700 s that have passed")

            try await desk.database.advanceClock(by: Double(left) / 1_000_000 + 1)
            let opened = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(opened.lanes.map(\.queue) == [desk.tenant.queue])
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [agent])
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_refusal") == 0)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.isEmpty)
        }
    }

    @Test("The second look after a pass that was asked for just before the queue opens comes after the opening, beside the pass of that")
    func secondLookBehindTheOpening() async throws {
        try await Self.withHours { desk in
            try await desk.database.freezeClock()
            _ = try await desk.tenant.addAgent(capacity: 0)
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '08:59:57'
                    - docket.now() AT TIME ZONE 'UTC'))
                """
            )
            desk.api.clock.invalidate()
            try await desk.create()
            let looks = """
                SELECT to_char(look_at AT TIME ZONE 'UTC', 'HH24:MI:SS ') || to_char(second_look_at AT TIME ZONE 'UTC', 'HH24:MI:SS')
                FROM docket.routing_lane
                """
            _ = try await desk.pass()
            #expect(try await desk.value(looks) == "09:00:00 09:00:05")
            try await desk.advance(by: 4)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.value(looks) == "09:00:05 09:00:05")
        }
    }

    @Test("A ticket that arrives while the queue is closed goes to the fallback queue at once, and stays where it is when it is open")
    func fallback() async throws {
        try await Self.withHours { desk in
            let night: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(night)', 'Night', docket.now(), docket.now());
                UPDATE docket.queue SET fallback_queue_id = '\(night)' WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            #expect(try await desk.ticket(id).content.queueID == night)
            let record = try await RoutingExplanations(environment: desk.api).intake(of: id, in: desk.tenant.id)
            #expect(record?.path.map(\.cause) == [.standard, .closed])
            try await desk.database.advanceClock(by: 10 * 3_600)
            desk.api.clock.invalidate()
            #expect(try await desk.ticket(desk.create()).content.queueID == desk.tenant.queue)
        }
    }

    @Test("A ticket overflows from a closed queue too")
    func overflow() async throws {
        try await Self.withHours { desk in
            let night: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(night)', 'Night', docket.now(), docket.now());
                UPDATE docket.queue SET overflow_queue_id = '\(night)', overflow_after_seconds = 60 WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.database.advanceClock(by: 61)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).content.queueID == night)
        }
    }
}
