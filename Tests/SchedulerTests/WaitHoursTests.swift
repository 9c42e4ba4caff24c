import Domain
import Store
import TestSupport
import Testing
import UseCases

/// The wait for an agent that counts the hours of the ticket's queue (sla.md, Escalation chains, rule 1; Calendars: running timers are recomputed).
@Suite struct WaitHoursTests {
    /// Open around the clock.
    private func addCalendar(_ desk: SchedulerDesk, _ name: String) async throws -> CalendarID {
        let day = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [WallInterval(start: 0, end: 86_400)]) })
        let content = CalendarContent(name: name, definition: CalendarDefinition(zone: "UTC", weekly: day))
        guard case .done(let made) = try await desk.directory.createCalendar(content, in: desk.tenant.id) else { throw UseCaseError.busy }
        return made.id
    }

    /// Closes the two days after today.
    private func close(_ calendar: CalendarID, _ desk: SchedulerDesk) async throws {
        let today = Int(try await desk.api.clock.read().microseconds / 86_400_000_000)
        _ = try await desk.directory.updateCalendar(calendar, in: desk.tenant.id) { content in
            var content = content
            content.definition.closures = [CalendarClosure(.dates(CivilDate(daysSince1970: today + 1), CivilDate(daysSince1970: today + 2)))]
            return content
        }
        try await desk.reevaluate()
    }

    private func keepHours(_ calendar: CalendarID?, _ desk: SchedulerDesk) async throws {
        _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { content in
            var content = content
            content.calendarID = calendar
            return content
        }
        try await desk.reevaluate()
    }

    /// Two levels, an hour apart, after three days of the queue's hours; a policy may promise something by other hours.
    private func with(policy: String?, _ body: @Sendable (SchedulerDesk, CalendarID) async throws -> Void) async throws {
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: 3_600)
            let chain = try await desk.addChain(desk.chain(level, level))
            try await desk.useEscalations(#"[{"trigger":"unassigned","after_seconds":259200,"chain_id":"\#(chain)","mode":"business"}]"#)
            try await desk.database.freezeClock()
            let shop = try await addCalendar(desk, "Shop")
            try await keepHours(shop, desk)
            if policy != nil {
                let office = try await addCalendar(desk, "Office")
                try await desk.editPolicy { $0.definition.calendar = office }
                try await desk.reevaluate()
            }
            try await body(desk, shop)
        }
    }

    private func expectFirstLevel(after days: Double, of id: TicketID, _ desk: SchedulerDesk) async throws {
        // Of a frozen clock each event takes a microsecond more.
        try await desk.advance(by: days * 86_400 - 1)
        #expect(try await desk.fire().escalations[.fired] == nil)
        try await desk.advance(by: 2)
        #expect(try await desk.fire().escalations[.fired] == 1)
        try await desk.advance(by: 3_600)
        #expect(try await desk.fire().escalations[.fired] == 1)
        try await desk.expectHistoryRebuilds(id)
    }

    @Test(
        "Days that are closed while a ticket waits put its chain off, whatever its promises count by",
        arguments: [nil, #"{"name":"Far","targets":[{"metric":"resolution","seconds":31536000,"mode":"business"}]}"#]
    )
    func closedMeanwhile(policy: String?) async throws {
        try await with(policy: policy) { desk, shop in
            let id = try await desk.create()
            try await close(shop, desk)
            let due = try await desk.database.sql("SELECT next_fire_at FROM docket.escalation_run")
            // An edit that changes nothing for it leaves it alone.
            _ = try await desk.directory.updateCalendar(shop, in: desk.tenant.id) { content in
                var content = content
                content.name = "Counter"
                return content
            }
            try await desk.reevaluate()
            #expect(try await desk.database.sql("SELECT next_fire_at FROM docket.escalation_run") == due)
            try await expectFirstLevel(after: 5, of: id, desk)
            let run = try #require(try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 10).first)
            #expect(run.fired.map(\.scheduledFor).min() == run.stored.run.startedAt && run.fired.allSatisfy { !$0.isLate })
        }
    }

    @Test("A queue that keeps no hours any more counts plain time")
    func withoutHours() async throws {
        try await with(policy: nil) { desk, shop in
            try await close(shop, desk)
            let id = try await desk.create()
            try await keepHours(nil, desk)
            try await expectFirstLevel(after: 3, of: id, desk)
        }
    }

    @Test("A chain that has begun keeps its times")
    func begun() async throws {
        try await with(policy: nil) { desk, shop in
            let id = try await desk.create()
            try await desk.advance(by: 3 * 86_400 + 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            let before = try await desk.database.sql("SELECT started_at, next_fire_at, document FROM docket.escalation_run")
            try await close(shop, desk)
            #expect(try await desk.database.sql("SELECT started_at, next_fire_at, document FROM docket.escalation_run") == before)
            try await desk.advance(by: 3_600)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }
}
