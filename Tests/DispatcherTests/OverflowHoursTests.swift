import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that would move on to a queue that is closed (decision 38): the test clock stands at midnight UTC of a Monday, and the other queue opens at nine.
@Suite struct OverflowHoursTests {
    private static let hours = #"{"tz":"UTC","weekly":{"mon":[["09:00","17:00"]]}}"#

    private static func withHours(_ body: @Sendable (RoutingDesk, QueueID, CalendarID) async throws -> Void) async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let calendar: CalendarID = IdentifierSource().next()
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '7 days'
                    - docket.now() AT TIME ZONE 'UTC'));
                INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 'Hours', '\(hours)', docket.now(), docket.now());
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 1, '\(hours)', docket.now());
                UPDATE docket.queue SET calendar_id = '\(calendar)' WHERE id = '\(second)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.advance(by: 0)
            try await body(desk, second, calendar)
        }
    }

    @Test("A ticket stays until the other queue opens, wakes nobody meanwhile, and moves then")
    func staysUntilItOpens() async throws {
        try await Self.withHours { desk, second, _ in
            let id = try await desk.create()
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
            let opening = "SELECT to_char(next_step_at AT TIME ZONE 'UTC', 'Dy HH24:MI') FROM docket.routing_entry"
            #expect(try await desk.value(opening) == "Mon 09:00")
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.isEmpty)
            try await desk.advance(by: 9 * 3_600)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.contains { $0.isStepDue })
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
        }
    }

    @Test("Who can be served before the other queue opens is, and has his place")
    func isServedMeanwhile() async throws {
        try await Self.withHours { desk, _, _ in
            let id = try await desk.create()
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            let agent = try await desk.tenant.addAgent()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("Other hours of the other queue's calendar, and another calendar, are seen at once", arguments: [true, false])
    func otherHours(isSameCalendar: Bool) async throws {
        try await Self.withHours { desk, second, calendar in
            let id = try await desk.create()
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
            if isSameCalendar {
                _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { before in
                    var content = before
                    content.definition = CalendarDefinition(zone: "UTC", alwaysOpen: true)
                    content.effectiveFrom = nil
                    return content
                }
            } else {
                _ = try await desk.directory.updateQueue(second, in: desk.tenant.id) { before in
                    var content = before
                    content.calendarID = nil
                    return content
                }
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal WHERE queue_id = '\(desk.tenant.queue)'") == 1)
            // A calendar's new version begins now: a reading of the clock that was carried forward lies a little behind.
            try await desk.advance(by: 2)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
        }
    }

    @Test("A person hands a ticket on to a closed queue all the same: it waits there, and is told until when")
    func transfer() async throws {
        try await Self.withHours { desk, second, _ in
            let id = try await desk.create()
            _ = try await desk.commands.transfer(
                TicketRequest(id, in: desk.tenant.id, by: .system),
                to: TransferTo(.queue(second)),
                reason: "Theirs."
            )
            #expect(try await desk.ticket(id).content.queueID == second)
            guard case .waiting(let explanation, let queue) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id)
            else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(queue == second && explanation.waitsBecause == .queueClosed && explanation.opensAt != nil)
        }
    }
}
