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
            guard case .assigned(let recorded) = try await explanations.explain(id, in: desk.tenant.id, asOfNow: true), let now = recorded.now else {
                Issue.record("no explanation as of now")
                return
            }
            #expect(recorded.assigned.agentID == agent && recorded.decision.step == 0 && recorded.decision.rank?.contains("load=1/1") == true)
            #expect(now.queue == desk.tenant.queue)
            #expect(now.explanation.winner == agent && now.explanation.decidedBy == .onlyCandidate)
            #expect(now.explanation.agents.first?.rank?.load == 1)
            guard case .assigned(let alone) = try await explanations.explain(id, in: desk.tenant.id), alone.now == nil else {
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
            guard case .assigned(let recorded) = named.explanation, let now = recorded.now else {
                Issue.record("no explanation as of now")
                return
            }
            #expect(now.explanation.winner == free && now.explanation.decidedBy == .loadBand)
            try await desk.database.sql("UPDATE docket.ticket SET state = 'resolved' WHERE id = '\(first)'")
            guard case .assigned(let solved) = try await explanations.explain(number: number, in: desk.tenant.id).explanation, solved.now == nil
            else {
                Issue.record("a solved ticket is not routed")
                return
            }
            await #expect(throws: UseCaseError.self) { try await explanations.explain(number: 9_999, in: desk.tenant.id) }
        }
    }

    @Test("As of an old assignment the others' verdicts are those of that moment, whatever has become of them since")
    func asOfAnAssignment() async throws {
        try await RoutingDesk.with { desk in
            let french = try await desk.tenant.addSkill("fr")
            let skills = [SkillLevel(french, level: 3)]
            let winner = try await desk.tenant.addAgent(skills: skills)
            let second = try await desk.tenant.addAgent(capacity: 2, skills: skills)
            let unskilled = try await desk.tenant.addAgent()
            let offline = try await desk.tenant.addAgent(skills: skills, isOnline: false)
            let id = try await desk.create(skills: SkillRequirements(required: skills))
            #expect(try await desk.pass().assigned.map(\.agent) == [winner])
            let explanations = RoutingExplanations(environment: desk.api)
            guard case .assigned(let first) = try await explanations.explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket is not assigned")
                return
            }
            let others = try #require(first.decision.others)
            #expect(others.decidedBy == .load && others.eligible == 1 && others.refused == ["skill": 1, "offline": 1])
            #expect(others.named.map(\.agent) == [second, unskilled, offline])
            #expect(others.named.map(\.refusal) == [nil, "skill:fr", "offline"])
            #expect(others.named.first?.rank == "tier=0 load=1/2 idle=ever")

            // Everything is different now, and another has the ticket.
            try await desk.database.sql("UPDATE docket.agent_presence SET status = CASE status WHEN 'online' THEN 'offline' ELSE 'online' END")
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: second)
            guard case .assigned(let last) = try await explanations.explain(id, in: desk.tenant.id),
                case .assigned(let old) = try await explanations.explain(id, in: desk.tenant.id, assignment: first.sequence)
            else {
                Issue.record("the ticket is not assigned")
                return
            }
            #expect(last.assigned.agentID == second && last.assigned.cause == .manual && last.decision.others == nil)
            #expect(old.assigned.agentID == winner && old.decision == first.decision && old.at == first.at && old.now == nil)
            for sequence in [1, first.sequence + 1, 99] {
                await #expect(throws: UseCaseError.self) { try await explanations.explain(id, in: desk.tenant.id, assignment: sequence) }
            }
        }
    }

    @Test("An offered ticket is told as such: to whom, since and until when, who was asked before and what they said, and the others as of now")
    func offered() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.sql(
                "UPDATE docket.queue SET offer_seconds = 600; UPDATE docket.tenant_configuration SET version = version + 1"
            )
            let first = try await desk.tenant.addAgent()
            let second = try await desk.tenant.addAgent(capacity: 2)
            let id = try await desk.create()
            let explanations = RoutingExplanations(environment: desk.api)
            #expect(try await explanations.offers(of: id, in: desk.tenant.id) == nil)
            #expect(try await desk.pass().assigned.map(\.agent) == [first])
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(first)), by: first, reason: "lunch")
            #expect(try await desk.pass().assigned.map(\.agent) == [second])
            guard case .offered(let offered) = try await explanations.explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket is not offered")
                return
            }
            #expect(offered.offer == (try await desk.ticket(id).offer) && offered.offer.agentID == second)
            #expect(offered.decision.rank == "tier=0 load=1/2" && offered.decision.others?.decidedBy == .onlyCandidate)
            #expect(offered.decision.others?.named.map(\.refusal) == ["excluded"])
            let now = try #require(offered.now)
            #expect(now.queue == desk.tenant.queue && now.explanation.winner == second)
            #expect(now.explanation.agents.map(\.refusal) == [nil, "excluded"] && now.explanation.agents.first?.rank?.load == 1)
            let asked = try #require(try await explanations.offers(of: id, in: desk.tenant.id))
            #expect(asked.over == 0 && asked.asked.map(\.agent) == [first, second] && asked.asked.map(\.round) == [1, 1])
            #expect(asked.asked.map(\.outcome) == [.declined, nil] && asked.asked.map(\.reason) == ["lunch", nil])
            let named = try await explanations.explain(number: try await desk.ticket(id).number, in: desk.tenant.id)
            #expect(named.agentNames.count == 2 && named.offers == asked)

            _ = try await desk.commands.acceptOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(second)), by: second)
            guard case .assigned(let accepted) = try await explanations.explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket is not assigned")
                return
            }
            #expect(accepted.assigned.cause == .offer && accepted.decision == offered.decision)
            #expect(try await explanations.offers(of: id, in: desk.tenant.id)?.asked.map(\.outcome) == [.declined, .accepted])
            // Those that came before its last assignment are not those of its next offer.
            _ = try await desk.commands.release(TicketRequest(id, in: desk.tenant.id, by: .system))
            #expect(try await explanations.offers(of: id, in: desk.tenant.id) == nil)
            #expect(try await explanations.offers(of: id, in: desk.tenant.id, assignment: accepted.sequence)?.asked.count == 2)
        }
    }

    @Test("Of very many offers the last are told, each in its round, and that there were more only where there were")
    func manyOffers() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.sql(
                "UPDATE docket.queue SET offer_seconds = 600; UPDATE docket.tenant_configuration SET version = version + 1"
            )
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            /// Lets the ticket have been offered, and declined, so many times more.
            func repeatOffers(_ count: Int) async throws {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                    SELECT o.tenant_id, o.ticket_id, last.seq + n, o.at, o.xid, o.version, o.kind, o.actor_kind, o.data
                    FROM (SELECT max(seq) AS seq FROM docket.ticket_event) last, generate_series(1, \(2 * count)) n
                    CROSS JOIN LATERAL (
                        SELECT * FROM docket.ticket_event
                        WHERE kind = CASE n % 2 WHEN 1 THEN 'ticket.offered' ELSE 'ticket.offer_ended' END ORDER BY seq LIMIT 1
                    ) o
                    """
                )
            }
            func told() async throws -> OfferRounds {
                try #require(try await RoutingExplanations(environment: desk.api).offers(of: id, in: desk.tenant.id))
            }
            // 200 events, all that there are.
            try await repeatOffers(99)
            let all = try await told()
            #expect(all.asked.count == 100 && !all.isCut && all.over == 0 && all.asked.allSatisfy { $0.round == 1 && $0.outcome == .declined })
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                SELECT tenant_id, ticket_id, seq + 1, at, xid, version, 'ticket.offer_round_ended', actor_kind, '{"round": 1}'
                FROM docket.ticket_event ORDER BY seq DESC LIMIT 1
                """
            )
            let cut = try await told()
            #expect(cut.asked.count == 99 && cut.isCut && cut.over == 1 && cut.asked.allSatisfy { $0.round == 1 })
            // What ended the first round is no longer among the last 200.
            try await repeatOffers(100)
            let second = try await told()
            #expect(second.asked.count == 100 && second.isCut && second.over == 1 && second.asked.allSatisfy { $0.round == 2 })
        }
    }

    @Test("What is recorded of a ticket of a full batch takes less than the log has room for")
    func bytesOfARecord() async throws {
        try await RoutingDesk.with { desk in
            for _ in 0..<20 { _ = try await desk.tenant.addAgent(capacity: 10) }
            _ = try await desk.create(many: 60)
            #expect(try await desk.pass().assigned.count == 60)
            let sizes = "SELECT max(length(data ->> 'others')) || ' ' || round(avg(length(data ->> 'others'))) FROM docket.ticket_event"
            let parts = try await desk.value(sizes).split(separator: " ").compactMap { Int($0) }
            #expect(parts.count == 2 && parts[0] <= 88 && parts[1] > 40)
            let bytes = "SELECT max(pg_column_size(data) - pg_column_size(data - 'others')) FROM docket.ticket_event WHERE kind = 'ticket.assigned'"
            #expect(try await desk.number(bytes) <= 110)
        }
    }
}
