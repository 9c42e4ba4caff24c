import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Agents who keep shifts: the test clock stands at midnight UTC of a Monday, and the shift begins at nine.
@Suite struct ShiftHoursTests {
    private static func withShift(_ body: @Sendable (RoutingDesk, AgentID, CalendarID) async throws -> Void) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.sql(
                """
                SELECT docket.advance_test_clock(extract(epoch FROM date_trunc('week', docket.now() AT TIME ZONE 'UTC') + interval '7 days'
                    - docket.now() AT TIME ZONE 'UTC'));
                """
            )
            desk.api.clock.invalidate()
            let nine = WallInterval(start: 9 * 3_600, end: 17 * 3_600)
            let hours = CalendarContent(name: "Shift", definition: CalendarDefinition(zone: "UTC", weekly: [.monday: [nine]]))
            guard case .done(let calendar) = try await desk.directory.createCalendar(hours, in: desk.tenant.id) else { throw UseCaseError.busy }
            let agent = try await desk.tenant.addAgent()
            _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) { before in
                var content = before
                content.calendarID = calendar.id
                return content
            }
            try await body(desk, agent, calendar.id)
        }
    }

    @Test("Before his shift an agent gets nothing; the stored time finds the queue when it begins, though nothing else happens")
    func begins() async throws {
        try await Self.withShift { desk, agent, _ in
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            while try await desk.quietPass().hasMore {}
            #expect(try await desk.value("SELECT to_char(look_at AT TIME ZONE 'UTC', 'Dy HH24:MI') FROM docket.routing_lane") == "Mon 09:00")
            let quiet = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(quiet.lanes.isEmpty)
            let left = try #require(quiet.untilNextStep)
            try await desk.advance(by: Double(left) / 1_000_000 + 1)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.map(\.queue) == [desk.tenant.queue])
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [agent])
            #expect(try await desk.ticket(id).assigneeID == agent)
        }
    }

    @Test("Whoever signs in before his shift is counted as offline, and as online when it begins, whether or not he is heard of in it")
    func signsInEarly() async throws {
        try await Self.withShift { desk, agent, _ in
            func online() async throws -> Int { try await desk.dispatcher.database.agentCounts().online }
            let others = try await online() - 1
            try await desk.advance(by: 8.5 * 3_600)
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await online() == others)
            let stored = """
                SELECT to_char(shift_ends_at AT TIME ZONE 'UTC', 'DD HH24:MI ') || to_char(shift_resumes_at AT TIME ZONE 'UTC', 'DD HH24:MI')
                FROM docket.agent_presence WHERE agent_id = '\(agent)'
                """
            let early = try await desk.value(stored)
            #expect(early.hasSuffix(" 09:00"))
            // Off shift since he was first heard of, however often he is.
            try await desk.advance(by: 600)
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await desk.value(stored) == early)
            try await desk.advance(by: 1_201)
            #expect(try await online() == others + 1)
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await online() == others + 1)
            #expect(try await desk.value(stored).contains("17:00"))
        }
    }

    private func isSettled(_ desk: RoutingDesk) async throws -> Bool {
        try await desk.value("SELECT settled::text FROM docket.agent_presence") == "true"
    }

    @Test("Who falls silent in a shift before he is heard of in it is looked after, too, though he was before the shift; once")
    func silentFromTheBeginning() async throws {
        try await Self.withShift { desk, agent, _ in
            let absent = AbsentAgents(environment: desk.dispatcher, failures: .recorded)
            try await desk.advance(by: 8.25 * 3_600)
            try await desk.heartbeat(of: agent, lease: 3_600)
            try await desk.advance(by: 60)
            #expect(try await absent.run() == 0)
            #expect(try await isSettled(desk))
            try await desk.advance(by: 1_800)
            try await desk.heartbeat(of: agent, lease: 3_600)
            // Still before his shift.
            #expect(try await isSettled(desk))
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.ticket) == [id])
            #expect(try await absent.run() == 0)
            try await desk.advance(by: 3_600)
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(id).state == .waitingAssignment)
            try await desk.advance(by: 20)
            #expect(try await absent.run() == 0)
            #expect(try await desk.dispatcher.database.agentsGone(grace: 0, limit: 10).isEmpty)
            // Heard of again, he is there until his shift ends.
            try await desk.heartbeat(of: agent, lease: 60)
            #expect(try await desk.dispatcher.database.agentsGone(grace: 0, limit: 10).isEmpty)
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
        }
    }

    @Test("From its first moment on an agent's shift counts for what he is offered and what he has, though he is not heard of in it yet")
    func thereFromTheBeginning() async throws {
        try await Self.withShift { desk, agent, _ in
            try await desk.advance(by: 8.75 * 3_600)
            try await desk.heartbeat(of: agent, lease: 3_600)
            try await desk.advance(by: 901)
            let own = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [own])
            try await desk.database.sql(
                "UPDATE docket.queue SET offer_seconds = 60; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            let asked = try await desk.create()
            #expect(try await desk.pass().offered == 1)
            _ = try await desk.commands.addMessage(
                TicketRequest(own, in: desk.tenant.id, by: .system),
                visibility: .public,
                author: .requester(nil),
                body: "Hello?"
            )
            #expect(try await desk.ticket(own).assigneeID == agent)
            try await desk.advance(by: 61)
            #expect(try await Offers(environment: desk.dispatcher).endDue(failures: .recorded) == 1)
            // It was a miss.
            #expect(try await desk.ticket(asked).declinedBy == [agent])
            #expect(try await desk.number("SELECT misses FROM docket.agent_presence") == 1)
        }
    }

    @Test("Other hours of his calendar are looked at at once")
    func otherHours() async throws {
        try await Self.withShift { desk, agent, calendar in
            _ = try await desk.create()
            while try await desk.pass().hasMore {}
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { before in
                var content = before
                content.definition = CalendarDefinition(zone: "UTC", alwaysOpen: true)
                return content
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            desk.dispatcher.clock.invalidate()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
        }
    }

    @Test("Who is heard of after an edit of his calendar has the shift that it has now, whatever the process knew before; so says the explanation")
    func hoursEditedBefore() async throws {
        try await Self.withShift { desk, agent, calendar in
            try await desk.advance(by: 10 * 3_600)
            try await desk.heartbeat(of: agent, lease: 3_600)
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
            let waiting = try await desk.create()
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { before in
                var content = before
                content.definition = CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: 9 * 3_600, end: 9 * 3_600 + 1_800)]])
                return content
            }
            try await desk.heartbeat(of: agent, lease: 3_600)
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(waiting, in: desk.tenant.id) else {
                Issue.record("it waits")
                return
            }
            #expect(explanation.agents.first { $0.agent == agent }?.refusal == "off_shift")
            let absent = AbsentAgents(environment: desk.dispatcher, failures: .recorded)
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(id).state == .waitingAssignment)
        }
    }
}
