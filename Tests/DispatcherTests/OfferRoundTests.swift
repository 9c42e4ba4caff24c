import Domain
import Store
import TestSupport
import Testing
import UseCases

/// How rounds of offers end while other things happen (routing.md A, G).
@Suite struct OfferRoundTests {
    @Test("A round ends after a minute though newer tickets take all room of those who declined: no ticket starves")
    func newerTicketsKeepComing() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 600)
            let full = try await desk.tenant.addAgent(capacity: 1)
            let busy = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(busy, in: desk.tenant.id, by: .system), to: full)
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let old = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [old])
            _ = try await desk.commands.declineOffer(TicketRequest(old, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            var newer: TicketID?
            for _ in 0..<3 {
                if let newer { _ = try await desk.commands.transition(TicketRequest(newer, in: desk.tenant.id, by: .agent(agent)), to: .resolved) }
                let next = try await desk.create()
                #expect(try await desk.pass().assigned.map(\.ticket) == [next])
                _ = try await desk.commands.acceptOffer(TicketRequest(next, in: desk.tenant.id, by: .agent(agent)), by: agent)
                // He is full: the minute goes on.
                _ = try await desk.pass()
                newer = next
                try await desk.advance(by: 25)
            }
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(old, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.waitsBecause == .everyoneExcluded)
            #expect(try await desk.pass(isStepDue: true).roundsEnded == 1)
            let next = try await desk.ticket(old)
            #expect(next.offerRound == 1 && next.declinedBy.isEmpty)
            let last = try #require(newer)
            _ = try await desk.commands.transition(TicketRequest(last, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            _ = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [old])
        }
    }

    @Test("Messages and edits that concern nobody's suitability leave the minute running; others begin it anew")
    func messages() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let (agent, id) = try await desk.declinedTicket()
            let since = try await desk.value("SELECT exhausted_at FROM docket.routing_entry")
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            for _ in 0..<2 {
                try await desk.advance(by: 25)
                _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And now?")
                #expect(try await desk.value("SELECT exhausted_at FROM docket.routing_entry") == since)
                // Found in time, whoever looks at it next.
                #expect(try await desk.value("SELECT next_step_at - exhausted_at FROM docket.routing_entry") == "00:01:00")
                #expect(try await desk.pass().assigned.isEmpty)
            }
            let skill = try await desk.tenant.addSkill("fr")
            let skills = "INSERT INTO docket.agent_skill (tenant_id, agent_id, skill_id, level)"
            try await desk.database.sql("\(skills) VALUES ('\(desk.tenant.id)', '\(agent)', '\(skill)', 3)")
            try await desk.advance(by: 11)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).offerRound == 1)

            #expect(try await desk.pass().offered == 1)
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            _ = try await desk.pass()
            #expect(try await desk.number("SELECT count(exhausted_at) FROM docket.routing_entry") == 1)
            _ = try await desk.commands.update(request) { before in
                var content = before
                content.skills = SkillRequirements(required: [SkillLevel(skill, level: 1)])
                return content
            }
            #expect(try await desk.number("SELECT count(exhausted_at) FROM docket.routing_entry") == 0)
        }
    }

    @Test("That one declined opens no further step: the round ends and he is asked again, until the step's time comes")
    func stepsKeepTheirTimes() async throws {
        try await RoutingDesk.with(steps: #"[{"after":90,"tier":1}]"#, hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            try await desk.askFor(seconds: 600)
            let (agent, further) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent(tier: 1))
            let id = try await desk.create()
            for round in 0..<2 {
                let decline = TicketRequest(id, in: desk.tenant.id, by: .agent(agent))
                #expect(try await desk.pass().assigned.map(\.agent) == [agent])
                _ = try await desk.commands.declineOffer(decline, by: agent, reason: nil)
                #expect(try await desk.pass().assigned.isEmpty)
                guard round == 0 else { break }
                try await desk.advance(by: 60)
                #expect(try await desk.pass(isStepDue: true).roundsEnded == 1)
            }
            try await desk.advance(by: 29)
            #expect(try await desk.pass(isStepDue: true).assigned.isEmpty)
            try await desk.advance(by: 1)
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [further])
        }
    }

    @Test("That who declined goes away and comes back does not begin the minute anew")
    func whoDeclinedGoes() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let (agent, id) = try await desk.declinedTicket()
            try await desk.advance(by: 30)
            try await desk.heartbeat(of: agent, status: .away)
            _ = try await desk.pass()
            #expect(try await desk.value("SELECT reasons ->> 'reason' FROM docket.routing_refusal") == "unroutable")
            try await desk.heartbeat(of: agent)
            _ = try await desk.pass()
            try await desk.advance(by: 31)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).offerRound == 1)
        }
    }

    @Test("Rounds that end are a part of the tenant's turn: so many a pass, and each counts")
    func roundsAreWork() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 600)
            let agent = try await desk.tenant.addAgent(capacity: 15)
            // Each is of a class of its own, so that one pass reads them all.
            var tickets: [TicketID] = []
            for weight in 1...5 { tickets.append(try await desk.create(weight: weight)) }
            #expect(try await desk.pass().offered == 5)
            for id in tickets {
                _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            }
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.heartbeat(of: agent, status: .away, lease: 3_600)
            try await desk.advance(by: 61)
            let ended = "SELECT count(*) FROM docket.ticket WHERE offer_round = 1"
            for (pass, (count, isLast)) in [(2, false), (4, false), (5, true)].enumerated() {
                let report = try await desk.pass(limit: 2, isStepDue: pass == 0)
                #expect(report.roundsEnded == (isLast ? 1 : 2) && report.effort >= report.roundsEnded)
                #expect(isLast || (report.hasMore && !report.isStalled))
                #expect(try await desk.number(ended) == count)
            }
        }
    }

    @Test("A pass that gives one ticket out and offers another locks the agents' loads in one order")
    func oneOrderOfLocks() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 600)
            let agents = [try await desk.tenant.addAgent(capacity: 1), try await desk.tenant.addAgent(capacity: 1)].sorted()
            // Nobody took it in all rounds: it is assigned, to the agent whose load comes second.
            let given = try await desk.create(preferring: agents[1])
            let asked = try await desk.create(preferring: agents[0])
            for table in ["ticket SET offer_round = 3 WHERE id", "routing_entry SET offer_round = 3 WHERE ticket_id"] {
                try await desk.database.sql("UPDATE docket.\(table) = '\(given)'")
            }
            let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            var unit = TenantUnit(desk.tenant.id)
            unit.add(LockLoadRows(tenant: desk.tenant.id, agents: [agents[0]]))
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await desk.pass() }
                try await desk.eventually("the pass waits for the first agent's row") { try await desk.number(waiting) == 1 }
                let free = "SELECT count(*) FROM (SELECT FROM docket.agent_load WHERE agent_id = '\(agents[1])' FOR UPDATE SKIP LOCKED) f"
                #expect(try await desk.number(free) == 1)
                return pass
            }
            let report = try await pass.value
            #expect(Set(report.assigned.map(\.ticket)) == [given, asked] && report.offered == 1)
            #expect(try await desk.ticket(given).assigneeID == agents[1])
            #expect(try await desk.ticket(asked).offer?.agentID == agents[0])
        }
    }
}

extension RoutingDesk {
    /// A ticket that the only agent has declined a moment ago, after which the minute runs.
    fileprivate func declinedTicket() async throws -> (agent: AgentID, ticket: TicketID) {
        try await askFor(seconds: 600)
        let agent = try await tenant.addAgent()
        let id = try await create()
        #expect(try await pass().offered == 1)
        _ = try await commands.declineOffer(TicketRequest(id, in: tenant.id, by: .agent(agent)), by: agent, reason: nil)
        #expect(try await pass().assigned.isEmpty)
        return (agent, id)
    }
}
