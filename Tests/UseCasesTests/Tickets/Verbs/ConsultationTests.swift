import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A3.7: 咨询, 催办.
@Suite struct ConsultationTests {
    private func ask(_ agent: AgentID, about id: TicketID, by asker: AgentID, _ desk: VerbDesk) async throws -> ConsultationID {
        let consultation = desk.commands.newConsultation()
        _ = try await desk.commands.consult(
            TicketRequest(id, in: desk.tenant.id, by: .agent(asker)),
            agent: agent,
            consultation: consultation,
            question: "Which driver?"
        )
        return consultation
    }

    @Test("A colleague is asked while the ticket stays and its clocks run on; his answer is a note, and the ticket can be resolved after it")
    func answered() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            func timers() async throws -> [[String]] {
                try await desk.database.sql("SELECT metric, state, due_at, breach_at FROM docket.sla_timer ORDER BY 1")
            }
            let before = try await timers()
            let consultation = try await ask(b, about: id, by: a, desk)
            #expect(try await timers() == before)
            let asked = try await desk.row(id)
            #expect(asked.assigneeID == a && asked.attention.openConsultations == 1)
            try await desk.expectRefusal(.verb(.consultationsOpen(1)), of: id) {
                try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .resolved)
            }
            try await desk.expectRefusal(.verb(.notYours), of: id) {
                try await desk.commands.answer(
                    TicketRequest(id, in: desk.tenant.id, by: .agent(a)),
                    consultation: consultation,
                    body: "The old one.",
                    by: a
                )
            }
            _ = try await desk.commands.answer(
                TicketRequest(id, in: desk.tenant.id, by: .agent(b)),
                consultation: consultation,
                body: "The old one.",
                by: b
            )
            #expect(try await desk.kinds(id, last: 2) == ["ticket.consultation_answered", "ticket.message_added"])
            let notes = try await desk.queries.messages(of: id, in: desk.tenant.id, after: nil, limit: 10).map(\.message)
            #expect(notes.map(\.author) == [.agent(b)] && notes.map(\.visibility) == [.internal])
            let found = try await desk.queries.consultations(of: id, in: desk.tenant.id, after: nil, limit: 10)
            #expect(found.map(\.state) == [.answered] && found.first?.answerID == notes.first?.id && found.first?.question == "Which driver?")
            try await desk.expectRefusal(.verb(.consultationClosed), of: id) {
                try await desk.commands.answer(
                    TicketRequest(id, in: desk.tenant.id, by: .agent(b)),
                    consultation: consultation,
                    body: "Again.",
                    by: b
                )
            }
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .resolved)
            try await desk.expectConsistent(id)
        }
    }

    @Test("Who asked cancels, or the agent who has the ticket since; nobody else")
    func cancelled() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (desk.agents[0], desk.agents[1], desk.agents[2])
            let id = try await desk.ticket(assignedTo: a)
            let first = try await ask(b, about: id, by: a, desk)
            let second = try await ask(b, about: id, by: a, desk)
            try await desk.expectRefusal(.verb(.notYours), of: id) {
                try await desk.commands.cancel(TicketRequest(id, in: desk.tenant.id, by: .agent(c)), consultation: first)
            }
            _ = try await desk.commands.cancel(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), consultation: first)
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(c)), reason: "x")
            _ = try await desk.commands.cancel(TicketRequest(id, in: desk.tenant.id, by: .agent(c)), consultation: second)
            #expect(try await desk.row(id).attention.openConsultations == 0)
            try await desk.expectConsistent(id)
        }
    }

    @Test("At most ten are open at once, nobody asks himself, and a ticket without an agent has nobody to ask for")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            func ask(_ agent: AgentID, _ id: TicketID) async throws -> CommandOutcome {
                try await desk.commands.consult(
                    TicketRequest(id, in: desk.tenant.id, by: .system),
                    agent: agent,
                    consultation: desk.commands.newConsultation(),
                    question: "?"
                )
            }
            let waiting = try await desk.ticket()
            try await desk.expectRefusal(.needsAssignee, of: waiting) { try await ask(b, waiting) }
            let id = try await desk.ticket(assignedTo: a)
            try await desk.expectRefusal(.verb(.asksOwner), of: id) { try await ask(a, id) }
            for _ in 0..<10 { _ = try await ask(b, id) }
            try await desk.expectRefusal(.verb(.tooManyConsultations), of: id) { try await ask(b, id) }
            await #expect(throws: UseCaseError.self) { _ = try await ask(IdentifierSource().next(), id) }
            try await desk.expectConsistent(id)
        }
    }

    @Test("Urges are counted, at most one in five minutes, by whoever urges; what is solved is not urged")
    func urges() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            let a = desk.agents[0]
            let id = try await desk.ticket(assignedTo: a)
            func urge() async throws -> CommandOutcome {
                try await desk.commands.urge(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), text: "Please!")
            }
            let first = try desk.done(try await urge())
            #expect(first.attention.urgeCount == 1 && first.attention.lastUrgedAt == first.updatedAt)
            try await desk.database.advanceClock(by: 299)
            try await desk.environment.clock.read()
            do {
                _ = try await urge()
                Issue.record("the urge should have been refused")
            } catch UseCaseError.refused(.verb(.urgedRecently(let seconds))) {
                #expect((1...2).contains(seconds))
            }
            try await desk.database.advanceClock(by: 2)
            try await desk.environment.clock.read()
            #expect(try desk.done(try await urge()).attention.urgeCount == 2)
            guard case .verb(.urged(let urged)) = try await desk.history(id).last?.payload else {
                Issue.record("no urge")
                return
            }
            #expect(urged.text == "Please!" && urged.count == 2 && urged.agentID == a)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .resolved)
            try await desk.expectRefusal(.verb(.solved(.resolved)), of: id) { try await urge() }
        }
    }
}
