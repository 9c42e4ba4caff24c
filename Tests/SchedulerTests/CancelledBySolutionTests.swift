import Domain
import Store
import TestSupport
import Testing
import UseCases

/// "A cancel condition that is met → cancelled, never met" (sla.md), also where it is the solution that meets it (decision 0050).
@Suite struct CancelledBySolutionTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"},{"metric":"first_response","seconds":3600,"mode":"calendar"}],
        "cancel_conditions":[{"all":[{"field":"state","op":"equals","value":"resolved"},{"field":"category","op":"equals","value":"spam"}]}]}
        """#

    @Test("Solved as spam, nothing was kept but an answer that was given", arguments: [true, false])
    func solvedAsSpam(isAnswered: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let id = try await desk.create(TicketContent(subject: "A test", category: "spam"))
            let other = try await desk.create()
            for ticket in [id, other] {
                let request = TicketRequest(ticket, in: desk.tenant.id, by: .agent(person))
                _ = try await desk.commands.assign(request, to: person)
                _ = try await desk.commands.transition(request, to: .inProgress)
                if isAnswered { try await desk.reply(to: ticket, by: person) }
                try await desk.advance(by: 600)
                _ = try await desk.commands.transition(request, to: .resolved)
                try await desk.expectHistoryRebuilds(ticket)
            }
            func states(_ ticket: TicketID) async throws -> [[String]] {
                try await desk.database.sql("SELECT metric, state FROM docket.sla_timer WHERE ticket_id = '\(ticket)' ORDER BY metric")
            }
            #expect(try await desk.kinds(of: id).contains("sla.cancelled"))
            #expect(try await states(id) == [["first_response", isAnswered ? "met" : "cancelled"], ["resolution", "cancelled"]])
            #expect(try await states(other) == [["first_response", isAnswered ? "met" : "paused"], ["resolution", "met"]])
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
        }
    }

    private static let spam = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"},{"metric":"first_response","seconds":3600,"mode":"calendar"}],
        "conditions":{"field":"type","op":"equals","value":"incident"},"cancel_conditions":[{"field":"category","op":"equals","value":"spam"}]}
        """#

    @Test("A condition that is met as the policy first applies cancels its clocks, which reports count", arguments: [true, false])
    func metFromTheStart(isCreatedSo: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.spam) { desk in
            let id = try await desk.create(TicketContent(subject: "A test", type: isCreatedSo ? "incident" : "request", category: "spam"))
            try await desk.advance(by: 7_200)
            if !isCreatedSo {
                _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { content in
                    var content = content
                    content.type = "incident"
                    return content
                }
            }
            #expect(try await desk.kinds(of: id).contains("sla.cancelled"))
            let timers = "SELECT metric, state, due_at IS NULL FROM docket.sla_timer ORDER BY metric"
            #expect(try await desk.database.sql(timers) == [["first_response", "cancelled", "t"], ["resolution", "cancelled", "t"]])
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 0)
            try await desk.expectHistoryRebuilds(id)
            // A history of before this was so leaves no clock.
            try await desk.database.sql("UPDATE docket.ticket_event SET data = data - 'followsPolicy' WHERE kind = 'sla.cancelled'")
            let engine = try await desk.api.configurations.withConfiguration(of: desk.tenant.id) { $0.promises.engine }
            let signals = try await desk.history(of: id).flatMap { $0.signals(lifecycle: .standard) }
            #expect(try engine.replay(signals).ledger.promised.isEmpty)
        }
    }

    @Test("A history of before this was so is replayed as it was stored")
    func historiesOfBefore() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let id = try await desk.create(TicketContent(subject: "A test", category: "spam"))
            let request = TicketRequest(id, in: desk.tenant.id, by: .agent(person))
            _ = try await desk.commands.assign(request, to: person)
            _ = try await desk.commands.transition(request, to: .resolved)
            try await desk.database.sql("UPDATE docket.ticket_event SET data = data - 'precedesState' WHERE kind = 'sla.cancelled'")
            let engine = try await desk.api.configurations.withConfiguration(of: desk.tenant.id) { $0.promises.engine }
            let signals = try await desk.history(of: id).flatMap { $0.signals(lifecycle: .standard) }
            let resolution = try engine.replay(signals).ledger.promised.first { $0.metric == .resolution }
            #expect(resolution?.state == .met)
        }
    }
}
