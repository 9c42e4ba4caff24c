import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Sites that keep hours (features.md A3.4): the test clock stands at midnight UTC of a Monday, and the site opens at nine.
@Suite struct SiteHoursTests {
    private struct Place {
        let desk: RoutingDesk
        let site: SiteID
        let calendar: CalendarID
    }

    private static func withSite(_ body: @Sendable (Place) async throws -> Void) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '7 days'
                    - docket.now() AT TIME ZONE 'UTC'));
                """
            )
            desk.api.clock.invalidate()
            let nine = WallInterval(start: 9 * 3_600, end: 17 * 3_600)
            let hours = CalendarDefinition(zone: "UTC", weekly: [.monday: [nine]])
            let (directory, tenant) = (desk.directory, desk.tenant.id)
            let calendar = try done(try await directory.createCalendar(CalendarContent(name: "Hours", definition: hours), in: tenant))
            let site = try done(try await directory.createSite(SiteContent(name: "Shop", calendarID: calendar.id, serviceArea: "north"), in: tenant))
            try await body(Place(desk: desk, site: site.id, calendar: calendar.id))
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
        #expect(try await place.desk.ticket(change.after.id) == change.after, "the columns give back what was written")
        #expect(Ticket.replay(try await place.desk.history(of: change.after.id)) == change.after)
        return change.after.id
    }

    @Test("While its site is closed a ticket waits, whoever could take it; others are served, and the stored time finds the queue when it opens")
    func closed() async throws {
        try await Self.withSite { place in
            let desk = place.desk
            let agent = try await desk.tenant.addAgent()
            let id = try await Self.create(place)
            let elsewhere = try await desk.create()
            #expect(try await desk.ticket(id).content.serviceArea == "north")
            #expect(try await desk.pass().assigned.map(\.ticket) == [elsewhere])
            #expect(try await desk.quietPass().assigned.isEmpty)
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("site_closed"))
            #expect(try await desk.value("SELECT to_char(look_at AT TIME ZONE 'UTC', 'Dy HH24:MI') FROM docket.routing_lane") == "Mon 09:00")
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.waitsBecause == .siteClosed && explanation.winner == nil)
            #expect(explanation.opensAt.map(String.init(describing:))?.contains("T09:00:00") == true, "\(String(describing: explanation.opensAt))")
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 0, "nobody is called")

            let quiet = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(quiet.lanes.isEmpty)
            let left = try #require(quiet.untilNextStep)
            try await desk.advance(by: Double(left) / 1_000_000 + 1)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.map(\.queue) == [desk.tenant.queue])
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [agent])
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_refusal") == 0)
        }
    }

    @Test("Any number of tickets of a closed site hides nobody behind them")
    func manyBehind() async throws {
        try await Self.withSite { place in
            let desk = place.desk
            _ = try await desk.tenant.addAgent(capacity: 50)
            for _ in 0..<30 { _ = try await Self.create(place) }
            let behind = try await desk.create()
            #expect(try await desk.pass(limit: 5).assigned.map(\.ticket) == [behind])
        }
    }

    @Test("More classes of a closed site than one pass looks at hide nobody behind them, and the site's opening is known")
    func manyClassesBehind() async throws {
        try await Self.withSite { place in
            let desk = place.desk
            _ = try await desk.tenant.addAgent(capacity: 50)
            try await desk.database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version, site_id)
                    SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(desk.tenant.queue)', -9223372036854775000 + n, docket.now() - interval '1 day',
                        docket.now(), 3, 1, '{}', '{}', '{}', '{}', 1, '\(place.site)'
                    FROM generate_series(1, \(LoadRoutingHeads.classLimit + 100)) n;
                RESET session_replication_role;
                """
            )
            let behind = try await desk.create()
            #expect(try await desk.pass(limit: 5).assigned.map(\.ticket) == [behind])
            // The entries are compared with the queue in parts first; the look that nobody asked for is the last.
            while try await desk.pass(limit: 5).hasMore {}
            #expect(try await desk.quietPass(limit: 5).assigned.isEmpty)
            #expect(try await desk.value("SELECT to_char(look_at AT TIME ZONE 'UTC', 'Dy HH24:MI') FROM docket.routing_lane") == "Mon 09:00")
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_refusal WHERE reasons ->> 'reason' = 'site_closed'") >= 5)
            let written = try await desk.value("SELECT max(at) || ' ' || count(*) FROM docket.routing_refusal")
            try await desk.advance(by: 5)
            #expect(try await desk.pass(limit: 5).assigned.isEmpty)
            #expect(try await desk.value("SELECT max(at) || ' ' || count(*) FROM docket.routing_refusal") == written)
        }
    }

    @Test("Other hours of the site's calendar, and another calendar, are looked at at once")
    func otherHours() async throws {
        for isCalendarEdited in [true, false] {
            try await Self.withSite { place in
                let desk = place.desk
                _ = try await desk.tenant.addAgent()
                let id = try await Self.create(place)
                #expect(try await desk.pass().assigned.isEmpty)
                try await desk.database.sql("DELETE FROM docket.routing_signal")
                if isCalendarEdited {
                    _ = try await desk.directory.updateCalendar(place.calendar, in: desk.tenant.id) { before in
                        var content = before
                        content.definition = CalendarDefinition(zone: "UTC", alwaysOpen: true)
                        return content
                    }
                } else {
                    _ = try await desk.directory.updateSite(place.site, in: desk.tenant.id) { before in
                        var content = before
                        content.calendarID = nil
                        return content
                    }
                }
                #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
                desk.dispatcher.clock.invalidate()
                #expect(try await desk.pass().assigned.map(\.ticket) == [id])
            }
        }
    }

    @Test("A ticket through a VIP's key goes before one that waits longer")
    func throughTheVIPKey() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 1)
            let older = try await desk.create(priority: .p3)
            let profile = IntakeProfile(isVIP: true, priorityFloor: .p1, queueID: desk.tenant.queue)
            let new = NewTicket(content: TicketContent(subject: "x"), priority: .p4, profile: profile)
            guard case .done(let change) = try await desk.commands.create(new, in: desk.tenant.id, by: .system) else { throw UseCaseError.busy }
            #expect(try await desk.pass().assigned.map(\.ticket) == [change.after.id])
            #expect(try await desk.ticket(older).state == .waitingAssignment)
        }
    }
}
