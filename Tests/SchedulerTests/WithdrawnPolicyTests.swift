import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Policies that are withdrawn and published again (sla.md, "start and segments kept"; decision 0037).
@Suite struct WithdrawnPolicyTests {
    @Test("A policy that is withdrawn and published again counts no time in which the clock was paused")
    func withdrawnWhilePaused() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":14400,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress)
            try await desk.advance(by: 3_600)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .waitingCustomer)
            try await desk.advance(by: 3_600)
            try await desk.editPolicy { $0.isActive = false }
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "cancelled")
            try await desk.advance(by: 14_400)
            try await desk.editPolicy { $0.isActive = true }
            try await desk.reevaluate()
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "paused")
            #expect(try await desk.fire().claimed == 0)
            #expect(try await desk.kinds(of: id).filter { $0 == "sla.breached" } == [])
            try await desk.expectHistoryRebuilds(id)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress)
            let left = "SELECT extract(epoch FROM due_at - docket.now())::int FROM docket.sla_timer"
            #expect((10_790...10_800).contains(try await desk.number(left)))
        }
    }
}
