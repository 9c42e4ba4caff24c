import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Levels whose timeout counts open time (sla.md, Escalation chains; decision 0041).
@Suite struct BusinessLevelTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    /// Open around the clock but for two days: the day after tomorrow and the one after it.
    private func addCalendar(_ desk: SchedulerDesk) async throws -> CalendarID {
        let today = Int(try await desk.api.clock.read().microseconds / 86_400_000_000)
        let day = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [WallInterval(start: 0, end: 86_400)]) })
        let closed = CalendarClosure(.dates(CivilDate(daysSince1970: today + 2), CivilDate(daysSince1970: today + 3)))
        let definition = CalendarDefinition(zone: "UTC", weekly: day, closures: [closed])
        let content = CalendarContent(name: "Office", definition: definition)
        guard case .done(let made) = try await desk.directory.createCalendar(content, in: desk.tenant.id) else { throw UseCaseError.busy }
        return made.id
    }

    /// Two levels, three open days apart: with the closed days between them five.
    private func addChain(_ desk: SchedulerDesk, _ person: AgentID) async throws -> EscalationChainID {
        let level = desk.level(desk.target(person), timeout: 3 * 86_400).replacing(#""mode":"wall""#, with: #""mode":"business""#)
        return try await desk.addChain(desk.chain(level, level))
    }

    private func expectFiveDays(_ id: TicketID, _ desk: SchedulerDesk) async throws {
        // Of a frozen clock each event takes a microsecond more.
        try await desk.advance(by: 1)
        #expect(try await desk.fire().escalations[.fired] == 1)
        let upcoming = try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 1).first?.upcoming ?? []
        #expect(upcoming.map { $0.outcome } == [.fired, .exhausted])
        // Plain time, and a second before open time.
        try await desk.advance(by: 3 * 86_400)
        #expect(try await desk.fire().escalations[.fired] == nil)
        try await desk.advance(by: 2 * 86_400 - 2)
        #expect(try await desk.fire().escalations[.fired] == nil)
        try await desk.advance(by: 2)
        #expect(try await desk.fire().escalations[.fired] == 1)
        try await desk.expectHistoryRebuilds(id)
    }

    @Test("Behind a target in plain time they count by the policy's calendar, else by that of the ticket", arguments: [true, false])
    func plainTarget(namesCalendar: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            _ = try await addChain(desk, person)
            try await desk.database.freezeClock()
            let calendar = try await addCalendar(desk)
            if namesCalendar {
                try await desk.editPolicy { $0.definition.calendar = calendar }
            } else {
                try await SLASettings(environment: desk.api).setDefaultCalendar(calendar, in: desk.tenant.id)
            }
            try await desk.reevaluate()
            let id = try await desk.create()
            try await desk.advance(by: 3_600)
            try await expectFiveDays(id, desk)
        }
    }

    @Test("A call for help counts by the ticket's calendar also where no policy promises anything")
    func callForHelp() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await desk.tenant.addAgent()
            let chain = try await addChain(desk, person)
            try await desk.database.freezeClock()
            let calendar = try await addCalendar(desk)
            try await desk.database.sql(
                "UPDATE docket.queue SET escalation_chain_id = '\(chain)'; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { content in
                var content = content
                content.calendarID = calendar
                return content
            }
            let id = try await desk.create()
            _ = try await desk.commands.escalate(TicketRequest(id, in: desk.tenant.id, by: .system), cause: .cannotSolve, reason: "beyond me")
            try await expectFiveDays(id, desk)
        }
    }

    @Test("An edit of the calendar moves the level that waits, also after a pause", arguments: [false, true])
    func editedCalendar(pauses: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            _ = try await addChain(desk, person)
            try await desk.database.freezeClock()
            let calendar = try await addCalendar(desk)
            try await desk.editPolicy { $0.definition.calendar = calendar }
            let id = try await desk.create()
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.fired] == 1)
            _ = try await desk.commands.assign(request, to: person)
            _ = try await desk.commands.transition(request, to: .inProgress)
            if pauses {
                _ = try await desk.commands.transition(request, to: .waitingCustomer)
                try await desk.advance(by: 600)
                _ = try await desk.commands.transition(request, to: .inProgress)
            }
            // One more day is closed.
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.definition.closures = content.definition.closures.map { closure in
                    guard case .dates(let first, let last) = closure.days else { return closure }
                    return CalendarClosure(.dates(first, CivilDate(daysSince1970: last.daysSince1970 + 1)))
                }
                return content
            }
            try await desk.reevaluate()
            try await desk.advance(by: 6 * 86_400 - 2)
            #expect(try await desk.fire().escalations[.fired] == nil)
            try await desk.advance(by: 2)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test(
        "An edit of the calendar moves the level that waits of a call for help, too, whether a policy matches or not",
        arguments: [nil, #"{"name":"Far","targets":[{"metric":"resolution","seconds":31536000,"mode":"business"}]}"#]
    )
    func editedCalendarOfACall(policy: String?) async throws {
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let chain = try await addChain(desk, person)
            try await desk.database.freezeClock()
            let calendar = try await addCalendar(desk)
            try await desk.database.sql(
                "UPDATE docket.queue SET escalation_chain_id = '\(chain)'; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { content in
                var content = content
                content.calendarID = calendar
                return content
            }
            try await desk.reevaluate()
            let id = try await desk.create()
            _ = try await desk.commands.escalate(TicketRequest(id, in: desk.tenant.id, by: .system), cause: .cannotSolve, reason: "beyond me")
            try await desk.advance(by: 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            // One more day is closed.
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.definition.closures = content.definition.closures.map { closure in
                    guard case .dates(let first, let last) = closure.days else { return closure }
                    return CalendarClosure(.dates(first, CivilDate(daysSince1970: last.daysSince1970 + 1)))
                }
                return content
            }
            try await desk.reevaluate()
            let due = try await desk.database.sql("SELECT next_fire_at FROM docket.escalation_run")
            // An edit that changes nothing for it leaves it alone.
            _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
                var content = content
                content.name = "Shop"
                return content
            }
            try await desk.reevaluate()
            #expect(try await desk.database.sql("SELECT next_fire_at FROM docket.escalation_run") == due)
            try await desk.advance(by: 6 * 86_400 - 2)
            #expect(try await desk.fire().escalations[.fired] == nil)
            try await desk.advance(by: 2)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A pause keeps what is left of the open time")
    func paused() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            _ = try await addChain(desk, person)
            try await desk.database.freezeClock()
            let calendar = try await addCalendar(desk)
            try await desk.editPolicy { $0.definition.calendar = calendar }
            let id = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(person)), to: .inProgress)
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.fired] == 1)
            // For five days, the closed ones among them: three open days are left afterwards.
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(person)), to: .waitingCustomer)
            try await desk.advance(by: 5 * 86_400)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(person)), to: .inProgress)
            try await desk.advance(by: 3 * 86_400 - 2)
            #expect(try await desk.fire().escalations[.fired] == nil)
            try await desk.advance(by: 2)
            #expect(try await desk.fire().escalations[.fired] == 1)
        }
    }
}
