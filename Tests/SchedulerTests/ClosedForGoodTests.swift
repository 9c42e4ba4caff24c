import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A calendar that never opens again keeps nobody from being told: levels that count its open time count plain time instead.
@Suite struct ClosedForGoodTests {
    private static func policy(seconds: Int) -> String {
        #"{"name":"Standard","targets":[{"metric":"resolution","seconds":\#(seconds),"mode":"calendar"}],"#
            + #""pauses":[{"metric":"resolution","category":"pending"}]}"#
    }

    /// Open on the day after tomorrow, and never again; two levels, ten open minutes apart.
    private func closeForGood(_ desk: SchedulerDesk) async throws -> AgentID {
        let person = try await desk.tenant.addAgent()
        let level = desk.level(desk.target(person)).replacing(#""mode":"wall""#, with: #""mode":"business""#)
        try await desk.addChain(desk.chain(level, level))
        try await desk.database.freezeClock()
        let today = Int(try await desk.api.clock.read().microseconds / 86_400_000_000)
        let openings = [CivilDate(daysSince1970: today + 2): [WallInterval(start: 0, end: 86_400)]]
        let content = CalendarContent(name: "Fair", definition: CalendarDefinition(zone: "UTC", openings: openings))
        guard case .done(let calendar) = try await desk.directory.createCalendar(content, in: desk.tenant.id) else { throw UseCaseError.busy }
        try await desk.editPolicy { $0.definition.calendar = calendar.id }
        try await desk.reevaluate()
        return person
    }

    private func expectTenMinutes(_ id: TicketID, _ desk: SchedulerDesk) async throws {
        try await desk.advance(by: 598)
        #expect(try await desk.fire().escalations[.fired] == nil)
        try await desk.advance(by: 3)
        let report = try await desk.fire()
        #expect(report.escalations[.fired] == 1 && report.failed.isEmpty)
        try await desk.expectHistoryRebuilds(id)
    }

    @Test("The breach is recorded, and every level fires")
    func breach() async throws {
        try await SchedulerDesk.with(policy: Self.policy(seconds: 4 * 86_400)) { desk in
            _ = try await closeForGood(desk)
            let id = try await desk.create()
            try await desk.advance(by: 4 * 86_400 + 1)
            let report = try await desk.fire()
            #expect(report.breaches == 1 && report.escalations[.fired] == 1 && report.failed.isEmpty)
            try await expectTenMinutes(id, desk)
        }
    }

    @Test("A ticket on which work goes on has its clock go on, and its chain with what was left")
    func resumed() async throws {
        try await SchedulerDesk.with(policy: Self.policy(seconds: 3_600)) { desk in
            let person = try await closeForGood(desk)
            let id = try await desk.create()
            let request = TicketRequest(id, in: desk.tenant.id, by: .agent(person))
            _ = try await desk.commands.assign(request, to: person)
            _ = try await desk.commands.transition(request, to: .inProgress)
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.fired] == 1)
            _ = try await desk.commands.transition(request, to: .waitingCustomer)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "held")
            try await desk.advance(by: 4 * 86_400)
            _ = try await desk.commands.transition(request, to: .inProgress)
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "breached_running")
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "running")
            try await expectTenMinutes(id, desk)
        }
    }
}
