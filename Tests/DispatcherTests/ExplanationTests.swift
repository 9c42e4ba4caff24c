import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Explaining a ticket that has its agent: what was recorded, and what routing would do now (routing.md D).
@Suite struct ExplanationTests {
    @Test("As of now the ticket's own work is taken off its agent, so that it could stay where it is")
    func ownWork() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let id = try await desk.create()
            _ = try await desk.pass()
            let explanations = RoutingExplanations(environment: desk.api)
            guard case .assigned(let recorded, _, .some(let now)) = try await explanations.explain(id, in: desk.tenant.id, asOfNow: true) else {
                Issue.record("no explanation as of now")
                return
            }
            #expect(recorded.agentID == agent && recorded.step == 0 && recorded.rank?.contains("load=1/1") == true)
            #expect(now.queue == desk.tenant.queue)
            #expect(now.explanation.winner == agent && now.explanation.decidedBy == .onlyCandidate)
            #expect(now.explanation.agents.first?.rank?.load == 1)
            guard case .assigned(_, _, nil) = try await explanations.explain(id, in: desk.tenant.id) else {
                Issue.record("only what is asked for")
                return
            }
        }
    }

    @Test("By number, with names; another agent's better rank shows, and a solved ticket needs nobody")
    func byNumber() async throws {
        try await RoutingDesk.with { desk in
            let busy = try await desk.tenant.addAgent(capacity: 2)
            let first = try await desk.create()
            _ = try await desk.create()
            _ = try await desk.pass()
            let free = try await desk.tenant.addAgent(capacity: 2)
            let number = try await desk.ticket(first).number
            let explanations = RoutingExplanations(environment: desk.api)
            let named = try await explanations.explain(number: number, in: desk.tenant.id)
            #expect(named.ticket.id == first && named.queueName == "Support")
            #expect(named.agentNames.keys.sorted() == [busy, free].sorted())
            guard case .assigned(_, _, .some(let now)) = named.explanation else {
                Issue.record("no explanation as of now")
                return
            }
            #expect(now.explanation.winner == free && now.explanation.decidedBy == .loadBand)
            try await desk.database.sql("UPDATE docket.ticket SET state = 'resolved' WHERE id = '\(first)'")
            guard case .assigned(_, _, nil) = try await explanations.explain(number: number, in: desk.tenant.id).explanation else {
                Issue.record("a solved ticket is not routed")
                return
            }
            await #expect(throws: UseCaseError.self) { try await explanations.explain(number: 9_999, in: desk.tenant.id) }
        }
    }
}
