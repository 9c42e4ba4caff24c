import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A stricter target that puts the breach behind a clock that stands still (sla.md, "Already beyond: breach now, cause=retarget"; decision 0041).
@Suite struct PausedBreachTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":28800,"mode":"calendar"},
        {"metric":"resolution","priority":1,"seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    @Test("The first level fires at once; what comes after it is held until the clock goes on, however late schedulers look", arguments: [0, 90])
    func firstLevel(late: Int) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: 1_800)
            try await desk.addChain(desk.chain(level, level))
            try await desk.database.freezeClock()
            let id = try await desk.create(TicketContent(subject: "x", priority: .p3))
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.assign(request, to: person)
            _ = try await desk.commands.transition(request, to: .inProgress)
            try await desk.advance(by: 7_200)
            _ = try await desk.commands.transition(request, to: .waitingCustomer)
            try await desk.advance(by: 3_600)
            _ = try await desk.commands.update(request, reason: "Everybody waits") { content in
                var content = content
                content.priority = .p1
                return content
            }
            #expect(try await desk.thresholdsAndLevels(of: id) == ["breached 180"])
            try await desk.advance(by: Double(late) * 60 + 1)
            #expect(try await desk.fire().escalations == [.fired: 1])
            #expect(try await desk.runStates(of: id) == ["held"])
            try await desk.advance(by: Double(600 - late) * 60)
            #expect(try await desk.fire().claimed == 0)
            _ = try await desk.commands.transition(request, to: .inProgress)
            try await desk.advance(by: 1_799)
            #expect(try await desk.fire().escalations.isEmpty)
            try await desk.advance(by: 2)
            #expect(try await desk.fire().escalations == [.fired: 1])
            #expect(try await desk.thresholdsAndLevels(of: id) == ["breached 180", "fired 180", "fired 810"])
            try await desk.expectHistoryRebuilds(id)
        }
    }
}
