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
            while try await desk.pass().hasMore {}
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

    @Test("Whoever signs in before his shift is counted as offline, and as online from its first heartbeat on")
    func signsInEarly() async throws {
        try await Self.withShift { desk, agent, _ in
            func online() async throws -> Int { try await desk.dispatcher.database.agentCounts().online }
            let others = try await online() - 1
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await online() == others)
            try await desk.advance(by: 9 * 3_600 + 1)
            let there = try await online()
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await online() == there + 1)
            let end = "SELECT to_char(shift_ends_at AT TIME ZONE 'UTC', 'HH24:MI') FROM docket.agent_presence WHERE agent_id = '\(agent)'"
            #expect(try await desk.value(end) == "17:00")
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
}
