import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Customers: whose hours and whose policy a ticket has, and what an edit of them means to live tickets (sla.md, Target; features.md A5.10).
@Suite struct OrganizationTests {
    private static let business = #"{"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"business"}]}"#

    @Test("Policy, organization, queue, tenant: the first that names a calendar decides, and each edit reaches the live tickets")
    func calendarChoice() async throws {
        try await SchedulerDesk.with(policy: Self.business) { desk in
            let calendars = try await (0..<4).asyncMap { try await desk.addCalendar("\($0)") }
            let acme = try await desk.addOrganization("Acme")
            let id = try await desk.create(TicketContent(subject: "x", requesterID: try await desk.addRequester(of: acme)))
            #expect(try await desk.choice(of: id) == "none")
            let settings = SLASettings(environment: desk.api)
            try await settings.setDefaultCalendar(calendars[3], in: desk.tenant.id)
            try await desk.reevaluate()
            #expect(try await desk.choice(of: id) == "\(calendars[3]) tenant")
            #expect(try await desk.newestReevaluation().cause == .defaultCalendar)
            _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { [calendar = calendars[2]] content in
                var content = content
                content.calendarID = calendar
                return content
            }
            try await desk.reevaluate()
            #expect(try await desk.choice(of: id) == "\(calendars[2]) queue")
            try await desk.editOrganization(acme) { [calendar = calendars[1]] in $0.calendarID = calendar }
            try await desk.reevaluate()
            #expect(try await desk.choice(of: id) == "\(calendars[1]) organization")
            #expect(try await desk.newestReevaluation().cause == .organization)
            try await desk.editPolicy { [calendar = calendars[0]] in $0.definition.calendar = calendar }
            try await desk.reevaluate()
            #expect(try await desk.choice(of: id) == "\(calendars[0]) policy")
            try await desk.expectHistoryRebuilds(id)
            // A name means nothing to promises, and a calendar that is set already neither.
            let version = try await desk.number("SELECT version FROM docket.tenant_configuration")
            try await desk.editOrganization(acme) { $0.name = "Acme Ltd" }
            try await settings.setDefaultCalendar(calendars[3], in: desk.tenant.id)
            #expect(try await desk.number("SELECT version FROM docket.tenant_configuration") == version)
            await #expect(throws: UseCaseError.self) { try await settings.setDefaultCalendar(IdentifierSource().next(), in: desk.tenant.id) }
        }
    }

    @Test("Policies ask for the organization and for its tier; another tier is another promise for its tickets alone")
    func conditions() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme", tier: "gold"), try await desk.addOrganization("Globex"))
            try await desk.publish(position: 0, seconds: 600, conditions: .field("organization_tier", .equals, .text("gold")), name: "Gold")
            try await desk.publish(position: 0, seconds: 300, conditions: .field("organization_id", .equals, .text("\(globex)")), name: "Globex")
            try await desk.reevaluate()
            let golden = try await desk.create(TicketContent(subject: "x", requesterID: try await desk.addRequester(of: acme)))
            let theirs = try await desk.create(TicketContent(subject: "x", requesterID: try await desk.addRequester(of: globex)))
            let nobodys = try await desk.create()
            #expect(try await [600, 300, 3_600].asyncMap { try await desk.timers(dueAfter: $0) } == [1, 1, 1])
            try await desk.editOrganization(acme) { $0.tier = "silver" }
            try await desk.reevaluate()
            #expect(try await [600, 300, 3_600].asyncMap { try await desk.timers(dueAfter: $0) } == [0, 1, 2])
            let done = try await desk.newestReevaluation()
            #expect([done.total, done.changed] == [3, 1])
            for id in [golden, theirs, nobodys] { try await desk.expectHistoryRebuilds(id) }
            let trials = try await TimerQueries(environment: desk.api).timers(of: golden, in: desk.tenant.id, limit: 10).trials
            #expect(trials.contains { $0.name == "Gold" && $0.failure?.actual == .text("silver") })
        }
    }

    @Test("The live tickets of somebody who moves go with him, and nobody else's is looked at")
    func move() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex", tier: "gold"))
            try await desk.publish(position: 0, seconds: 600, conditions: .field("organization_tier", .equals, .text("gold")))
            try await desk.reevaluate()
            let (ada, bob) = (try await desk.addRequester(of: acme), try await desk.addRequester(of: acme))
            var tickets: [TicketID] = []
            for requester in [ada, bob, ada, ada] { tickets.append(try await desk.create(TicketContent(subject: "x", requesterID: requester))) }
            let closed = tickets[3]
            try await desk.database.sql("UPDATE docket.ticket SET state = 'closed' WHERE id = '\(closed)'")
            try await desk.move(ada, to: globex)
            #expect(try await desk.newestReevaluation().cause == .requester)
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect(done.state == .done && [done.total, done.examined, done.changed] == [2, 2, 2])
            for id in [tickets[0], tickets[2]] {
                #expect(try await desk.ticket(id).content.organizationID == globex)
                #expect(try await desk.kinds(of: id).suffix(2) == ["ticket.organization_changed", "sla.policy_changed"])
                try await desk.expectHistoryRebuilds(id)
            }
            #expect(try await desk.timers(dueAfter: 600) == 2)
            for id in [tickets[1], closed] { #expect(try await desk.ticket(id).content.organizationID == acme) }
            #expect(
                try await desk.number(
                    "SELECT count(*) FROM docket.routing_entry r JOIN docket.ticket t ON t.id = r.ticket_id WHERE r.ticket_version = t.version"
                ) == 4
            )
            // A new ticket has the new organization at once, whatever its process remembers of the requester.
            #expect(try await desk.ticket(try await desk.create(TicketContent(subject: "x", requesterID: ada))).content.organizationID == globex)
        }
    }

    @Test("A move that takes the place of an edit of all tickets does both; without live tickets nothing is asked for")
    func superseding() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let ada = try await desk.addRequester(of: acme)
            try await desk.move(ada, to: globex)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == 0)
            let hers = try await desk.create(TicketContent(subject: "x", requesterID: ada))
            _ = try await desk.create(count: 3)
            try await desk.setTarget(7_200)
            try await desk.move(ada, to: acme)
            try await desk.setTarget(600)
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect(done.cause == .policy && [done.total, done.changed] == [4, 4])
            #expect(try await desk.ticket(hers).content.organizationID == acme)
            #expect(try await desk.timers(dueAfter: 600) == 4)
            try await desk.expectHistoryRebuilds(hers)
        }
    }

    @Test("Requesters who move while an edit is under way are taken along by it: it does not begin anew, and ends")
    func joining() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            var requesters: [RequesterID] = []
            for _ in 0..<6 { requesters.append(try await desk.addRequester(of: acme)) }
            var hers: [TicketID] = []
            for requester in requesters { hers.append(try await desk.create(TicketContent(subject: "x", requesterID: requester))) }
            let others = try await desk.create(count: 15)
            try await desk.setTarget(7_200)
            try await desk.move(requesters[0], to: globex)
            let reevaluations = desk.reevaluations()
            for requester in requesters.dropFirst() {
                _ = try await reevaluations.step(in: desk.tenant.id)
                try await desk.move(requester, to: globex)
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == 1)
            try await desk.reevaluate(reevaluations)
            let done = try await desk.newestReevaluation()
            #expect(done.cause == .policy && done.state == .done && done.total == 27 && done.examined == 27)
            #expect(try await desk.timers(dueAfter: 7_200) == 21)
            for id in hers {
                #expect(try await desk.ticket(id).content.organizationID == globex)
                #expect(try await desk.kinds(of: id).count { $0 == "ticket.organization_changed" } == 1)
                try await desk.expectHistoryRebuilds(id)
            }
            for id in others { #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.policy_changed"]) }
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation_part") == 0)
            // With nothing under way it is one of his alone.
            try await desk.move(requesters[0], to: acme)
            #expect(try await desk.newestReevaluation().cause == .requester)
            try await desk.reevaluate(reevaluations)
            #expect(try await desk.newestReevaluation().total == 1)
        }
    }

    @Test("Of a requester with very many tickets an edit reads the newest; the rest is looked at in the background")
    func veryMany() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let machine = try await desk.addRequester(of: acme)
            let oldest = try await desk.create(TicketContent(subject: "x", requesterID: machine))
            try await desk.addVeryManyTickets(of: machine)
            try await desk.move(machine, to: globex)
            #expect(try await desk.newestReevaluation().cause == .requester)
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().total == 1)
            #expect(try await desk.ticket(oldest).content.organizationID == globex)
        }
    }

    @Test("Who joined the re-evaluation of another's tickets is taken along by what takes its place; without anybody it stays that one's alone")
    func joinedOther() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let (machine, ada) = (try await desk.addRequester(of: acme), try await desk.addRequester(of: acme))
            let its = try await desk.create(TicketContent(subject: "x", requesterID: machine))
            let hers = try await desk.create(TicketContent(subject: "x", requesterID: ada))
            try await desk.addVeryManyTickets(of: machine)
            let reevaluations = desk.reevaluations()
            try await desk.move(machine, to: globex)
            _ = try await reevaluations.step(in: desk.tenant.id)
            try await desk.move(ada, to: globex)
            // Its part, and hers behind it.
            #expect(
                try await desk.database.sql("SELECT number, tickets[1], cardinality(tickets) FROM docket.sla_reevaluation_part ORDER BY number") == [
                    ["1", "\(its)", "1"], ["2", "\(hers)", "1"],
                ]
            )
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == 1)
            try await desk.advance(by: 1)
            try await desk.move(machine, to: nil)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == 2)
            try await desk.reevaluate(reevaluations)
            let both = try await desk.newestReevaluation()
            #expect(both.cause == .requester && both.state == .done && both.total == 2)
            #expect(try await desk.ticket(its).content.organizationID == nil)
            let ticket = try await desk.ticket(hers)
            #expect(ticket.content.organizationID == globex)
            #expect(try await Ticket.replay(desk.history(of: hers)) == ticket)

            for organization in [globex, acme] {
                try await desk.advance(by: 1)
                try await desk.move(machine, to: organization)
            }
            try await desk.reevaluate(reevaluations)
            let alone = try await desk.newestReevaluation()
            #expect(alone.state == .done && alone.total == 1)
            #expect(try await desk.ticket(its).content.organizationID == acme)
        }
    }

    @Test("Whoever names the calendar that a ticket has already is told as its source")
    func sameCalendar() async throws {
        try await SchedulerDesk.with(policy: Self.business) { desk in
            let calendar = try await desk.addCalendar("One")
            let settings = SLASettings(environment: desk.api)
            try await settings.setDefaultCalendar(calendar, in: desk.tenant.id)
            let acme = try await desk.addOrganization("Acme")
            let id = try await desk.create(TicketContent(subject: "x", requesterID: try await desk.addRequester(of: acme)))
            #expect(try await desk.choice(of: id) == "\(calendar) tenant")
            try await desk.editOrganization(acme) { $0.calendarID = calendar }
            try await settings.setDefaultCalendar(nil, in: desk.tenant.id)
            try await desk.reevaluate()
            #expect(try await desk.kinds(of: id) == ["ticket.created"])
            #expect(try await desk.choice(of: id) == "\(calendar) organization")
        }
    }

    @Test("A move waits for the tickets that are being created for the requester, so that it finds them")
    func creationUnderWay() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ada = try await desk.addRequester(of: try await desk.addOrganization("Acme"))
            let lock = "SET lock_timeout = '100ms'; SELECT 1 FROM docket.requester WHERE id = '\(ada)' FOR UPDATE"
            var unit = TenantUnit(desk.tenant.id)
            unit.add(RequireRequester(tenant: desk.tenant.id, requester: ada, version: 1))
            try await desk.api.database.transaction(unit) { _, _ in
                _ = await #expect(throws: (any Error).self) { try await desk.database.sql(lock) }
            }
            #expect(try await desk.database.sql(lock) == [["1"]])
        }
    }

    @Test("Tickets that nothing is promised to move too; a ticket that gets another requester has his organization")
    func withoutPolicies() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let (ada, bob) = (try await desk.addRequester(of: acme), try await desk.addRequester(of: globex))
            let id = try await desk.create(TicketContent(subject: "x", requesterID: ada))
            try await desk.move(ada, to: nil)
            try await desk.reevaluate()
            #expect(try await desk.ticket(id).content.organizationID == nil)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "ticket.organization_changed"])
            let version = try await desk.ticket(id).version
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: ExpectedVersions(version))) {
                content in
                var content = content
                content.requesterID = bob
                return content
            }
            let ticket = try await desk.ticket(id)
            #expect(ticket.content.organizationID == globex)
            #expect(try await Ticket.replay(desk.history(of: id)) == ticket)
        }
    }
}

extension SchedulerDesk {
    func addCalendar(_ name: String) async throws -> CalendarID {
        let definition = CalendarDefinition(zone: "UTC", alwaysOpen: true)
        guard case .done(let made) = try await directory.createCalendar(CalendarContent(name: name, definition: definition), in: tenant.id) else {
            throw UseCaseError.busy
        }
        return made.id
    }

    func addOrganization(_ name: String, tier: String? = nil) async throws -> OrganizationID {
        guard case .done(let made) = try await directory.createOrganization(OrganizationContent(name: name, tier: tier), in: tenant.id) else {
            throw UseCaseError.busy
        }
        return made.id
    }

    func editOrganization(_ id: OrganizationID, _ edit: @escaping @Sendable (inout OrganizationContent) -> Void) async throws {
        _ = try await directory.updateOrganization(id, in: tenant.id) { content in
            var content = content
            edit(&content)
            return content
        }
    }

    func addRequester(of organization: OrganizationID?) async throws -> RequesterID {
        let email = "\(IdentifierSource().next() as RequesterID)@example.com"
        let content = RequesterContent(name: "R", email: email, organizationID: organization)
        guard case .done(let made) = try await directory.createRequester(content, in: tenant.id) else { throw UseCaseError.busy }
        return made.id
    }

    func move(_ requester: RequesterID, to organization: OrganizationID?) async throws {
        _ = try await directory.updateRequester(requester, in: tenant.id) { content in
            var content = content
            content.organizationID = organization
            return content
        }
    }

    /// Closed tickets, more than an edit of their requester reads.
    func addVeryManyTickets(of requester: RequesterID) async throws {
        try await database.sql(
            """
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at,
                requester_id)
            SELECT '\(tenant.id)', gen_random_uuid(), 1000 + n, 1, 1, 's', '', 'incident', 'api', 'closed', 3, docket.now(), docket.now(), '\(requester)'
            FROM generate_series(1, \(LoadNewestTickets.limit)) n
            """
        )
    }

    /// The calendar of the ticket's promise, and whose it is.
    func choice(of ticket: TicketID) async throws -> String {
        let timers = try await TimerQueries(environment: api).timers(of: ticket, in: tenant.id, limit: 10).timers
        guard let explanation = timers.first?.explanation, let calendar = explanation.measure?.calendar else { return "none" }
        return "\(calendar.id) \(explanation.calendarSource?.rawValue ?? "unknown")"
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
