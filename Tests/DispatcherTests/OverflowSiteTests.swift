import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that wait for their site's hours, and would move on to another queue (decision 47): the test clock stands at midnight UTC of a Monday, and the site opens at nine.
@Suite struct OverflowSiteTests {
    private struct Place {
        let desk: RoutingDesk
        let second: QueueID
        let site: SiteID
        let calendar: CalendarID
    }

    private static func withSite(_ body: @Sendable (Place) async throws -> Void) async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '7 days'
                    - docket.now() AT TIME ZONE 'UTC'));
                """
            )
            try await desk.advance(by: 0)
            let nine = WallInterval(start: 9 * 3_600, end: 17 * 3_600)
            let hours = CalendarDefinition(zone: "UTC", weekly: [.monday: [nine]])
            let (directory, tenant) = (desk.directory, desk.tenant.id)
            let calendar = try done(try await directory.createCalendar(CalendarContent(name: "Hours", definition: hours), in: tenant))
            let site = try done(try await directory.createSite(SiteContent(name: "Shop", calendarID: calendar.id), in: tenant))
            try await body(Place(desk: desk, second: second, site: site.id, calendar: calendar.id))
        }
    }

    private static func done<Value>(_ outcome: WriteOutcome<Value>) throws -> Value {
        guard case .done(let value) = outcome else { throw UseCaseError.busy }
        return value
    }

    private static func create(_ place: Place) async throws -> TicketID {
        let content = TicketContent(subject: "x", siteID: place.site)
        let outcome = try await place.desk.commands.create(NewTicket(content: content), in: place.desk.tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after.id
    }

    @Test("While its site is closed a ticket stays, wakes nobody, and holds up none that moves; when it opens and nobody is there, it moves")
    func stays() async throws {
        try await Self.withSite { place in
            let desk = place.desk
            var waiting: [TicketID] = []
            for _ in 0...LockOverflowing.limit { waiting.append(try await Self.create(place)) }
            let other = try await desk.create()
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(other).content.queueID == place.second)
            let here = "SELECT count(*) FROM docket.routing_entry WHERE queue_id = '\(desk.tenant.queue)'"
            #expect(try await desk.number(here) == waiting.count)
            #expect(try await desk.number("\(here) AND to_char(overflow_at AT TIME ZONE 'UTC', 'Dy HH24:MI') = 'Mon 09:00'") == waiting.count)
            try await desk.database.sql("DELETE FROM docket.routing_signal WHERE queue_id = '\(place.second)'")
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.isEmpty)
            try await desk.advance(by: 9 * 3_600)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.contains { $0.queue == desk.tenant.queue })
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(here) == 0)
        }
    }

    @Test("Who is there when the site opens gets it where it is")
    func isServed() async throws {
        try await Self.withSite { place in
            let desk = place.desk
            let agent = try await desk.tenant.addAgent()
            let id = try await Self.create(place)
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            try await desk.advance(by: 9 * 3_600)
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [agent])
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("Other hours of the site, and another calendar, are seen at once", arguments: [true, false])
    func otherHours(isSameCalendar: Bool) async throws {
        try await Self.withSite { place in
            let desk = place.desk
            let id = try await Self.create(place)
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
            if isSameCalendar {
                _ = try await desk.directory.updateCalendar(place.calendar, in: desk.tenant.id) { before in
                    var content = before
                    content.definition = CalendarDefinition(zone: "UTC", alwaysOpen: true)
                    content.effectiveFrom = nil
                    return content
                }
            } else {
                _ = try await desk.directory.updateSite(place.site, in: desk.tenant.id) { before in
                    var content = before
                    content.calendarID = nil
                    return content
                }
            }
            // A calendar's new version begins now: a reading of the clock that was carried forward lies a little behind.
            try await desk.advance(by: 2)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == place.second)
        }
    }
}
