import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Offers in the tables (routing.md G).
@Suite struct OfferTests {
    @Test func anOfferHoldsCapacityUntilItIsAccepted() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 120)
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let id = try await desk.create()
            let other = try await desk.create()
            let report = try await desk.pass()
            #expect(report.assigned.map(\.ticket) == [id] && report.offered == 1)
            let offered = try await desk.ticket(id)
            #expect(offered.state == .waitingAssignment && offered.assigneeID == nil && offered.offer?.agentID == agent)
            #expect(offered.offer.map { $0.expiresAt.microseconds(since: $0.offeredAt) } == 120_000_000)
            #expect(Ticket.replay(try await desk.history(of: id)) == offered)
            #expect(try await desk.number("SELECT load FROM docket.agent_load") == 1)
            // The agent is full, the ticket is in nobody's way.
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.ticket(other).offer == nil)
            #expect(try await TicketQueries(environment: desk.api).offers(to: agent, in: desk.tenant.id).map(\.id) == [id])

            _ = try await desk.commands.acceptOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent)
            let accepted = try await desk.ticket(id)
            #expect(accepted.state == .assigned && accepted.assigneeID == agent && accepted.offer == nil)
            #expect(Ticket.replay(try await desk.history(of: id)) == accepted)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
            #expect(try await desk.drift().isEmpty)
        }
    }

    /// The events are those of the rules, so that whoever reads a history need not know who wrote it.
    @Test func theEventIsThatOfTheRules() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let before = try await desk.ticket(id)
            _ = try await desk.pass()
            let event = try #require(try await desk.history(of: id).last)
            guard case .offered(let offered) = event.payload else {
                Issue.record("the last event is no offer")
                return
            }
            let expected = try TicketRules(lifecycle: .standard)
                .offer(before, to: agent, until: offered.expiresAt, step: offered.step, rank: offered.rank, others: offered.others, at: event.at)
            #expect([event] == expected.events)
            #expect(try await desk.ticket(id) == expected.after)
        }
    }

    @Test func whoDeclinesIsNotAskedAgainAndTheTicketKeepsItsPlace() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let first = try await desk.tenant.addAgent()
            let second = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            let offered = try await desk.ticket(id)
            let asked = try #require(offered.offer?.agentID)
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(asked)), by: asked, reason: "busy")
            let declined = try await desk.ticket(id)
            #expect(declined.declinedBy == [asked] && declined.eligibleAt == offered.eligibleAt)
            _ = try await desk.pass()
            #expect(try await desk.ticket(id).offer?.agentID == (asked == first ? second : first))
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test("An offer that cannot be ended, and those of a tenant that is not active, keep no other from ending")
    func offersThatStay() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let other = try await TestTenant.make(in: desk.database)
            try await desk.askFor(seconds: 60)
            for tenant in [other, desk.tenant] { _ = try await tenant.addAgent(capacity: 2) }
            _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "x")), in: other.id, by: .system)
            _ = try await desk.passes.run(other.queue, of: other.id, limit: 5)
            let (first, second) = (try await desk.create(), try await desk.create())
            _ = try await desk.pass()
            try await desk.advance(by: 61)
            #expect(try await desk.dispatcher.database.offersDue(limit: 1).map(\.tenant) == [other.id])
            try await desk.database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(other.id)'")
            #expect(try await desk.dispatcher.database.offersDue(limit: 1).map(\.tenant) == [desk.tenant.id])
            try await desk.refuseChanges(of: first)
            let failed = FailedTickets()
            #expect(try await desk.offers.endDue(failures: failed.sink) == 1)
            #expect(failed.take() == [first])
            #expect(try await desk.ticket(second).offer == nil)
        }
    }

    @Test func silenceIsAMissAndTwoAreABreak() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent(capacity: 2)
            try await desk.heartbeat(of: agent, lease: 3_600)
            let first = try await desk.create()
            let second = try await desk.create()
            _ = try await desk.pass()
            try await desk.advance(by: 59)
            #expect(try await desk.offers.endDue(failures: .recorded) == 0)
            try await desk.advance(by: 2)
            // Late is late, whether or not anybody has ended the offer.
            let late = await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.acceptOffer(TicketRequest(first, in: desk.tenant.id, by: .agent(agent)), by: agent)
            }
            #expect(late?.refusal == .offerOver(owner: nil))
            #expect(try await desk.offers.endDue(failures: .recorded) == 2)
            #expect(try await desk.ticket(first).declinedBy == [agent])
            #expect(try await desk.ticket(second).offer == nil)
            #expect(try await desk.value("SELECT status || misses || is_held FROM docket.agent_presence") == "away2true")
            // Heartbeats alone do not bring him back, saying so does.
            try await desk.heartbeat(of: agent)
            #expect(try await desk.value("SELECT status FROM docket.agent_presence") == "away")
            try await desk.heartbeat(of: agent, isBack: true)
            #expect(try await desk.value("SELECT status || misses || is_held FROM docket.agent_presence") == "online0false")
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test(
        "One offer that is let pass is a break where somebody waits at the other end, and none elsewhere (routing.md G)",
        arguments: [
            (Channel.phone, "away1true"), (.wecom, "away1true"), (.dingtalk, "away1true"), (.feishu, "away1true"), (.social, "away1true"),
            (.email, "online1false"), (.web, "online1false"), (.api, "online1false"),
        ]
    )
    func missesByChannel(channel: Channel, presence: String) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            let content = TicketContent(subject: "A test", channel: channel)
            _ = try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system)
            #expect(try await desk.pass().offered == 1)
            try await desk.advance(by: 121)
            #expect(try await desk.offers.endDue(failures: .recorded) == 1)
            #expect(try await desk.value("SELECT status || misses || is_held FROM docket.agent_presence") == presence)
        }
    }

    @Test("Whoever is on a break for offers let pass does not come back by a break of his own; signing out ends it, and forgets what he missed")
    func aBreakEndsByWord() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent(capacity: 2)
            try await desk.heartbeat(of: agent, lease: 3_600)
            for _ in 0..<2 { _ = try await desk.create() }
            _ = try await desk.pass()
            try await desk.advance(by: 61)
            #expect(try await desk.offers.endDue(failures: .recorded) == 2)
            let presence = "SELECT status || misses || is_held FROM docket.agent_presence"
            for status in [RoutingPresence.away, .online] {
                try await desk.heartbeat(of: agent, status: status)
                #expect(try await desk.value(presence) == "away2true")
            }
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.value(presence) == "offline0false")
            try await desk.heartbeat(of: agent)
            #expect(try await desk.value(presence) == "online0false")
        }
    }

    @Test func afterThreeRoundsTheTicketIsAssignedWithoutAsking() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            for round in 1...3 {
                _ = try await desk.pass()
                _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
                #expect(try await desk.pass().assigned.isEmpty)
                try await desk.advance(by: 59)
                _ = try await desk.pass(isStepDue: true)
                #expect(try await desk.ticket(id).offerRound == round - 1)
                try await desk.advance(by: 2)
                _ = try await desk.pass(isStepDue: true)
                #expect(try await desk.ticket(id).offerRound == round)
            }
            #expect(try await desk.history(of: id).last?.payload.kind == "ticket.no_taker")
            let last = try await desk.pass()
            #expect(last.assigned.map(\.agent) == [agent] && last.offered == 0)
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == agent && ticket.offerRound == 0)
            #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
        }
    }

    @Test("Who has room is asked again after a minute, though somebody else who could take the ticket is full all the time")
    func aFullColleagueDoesNotHoldTheRound() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 600)
            let full = try await desk.tenant.addAgent(capacity: 1)
            let busy = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(busy, in: desk.tenant.id, by: .system), to: full)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 61)
            _ = try await desk.pass(isStepDue: true)
            let next = try await desk.ticket(id)
            #expect(next.offerRound == 1 && next.declinedBy.isEmpty)
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
        }
    }

    @Test("Where nobody is asked, whoever gave a ticket back does not get it again because the others are full")
    func aFullColleagueIsWaitedForWhereNobodyIsAsked() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            let full = try await desk.tenant.addAgent(capacity: 1)
            let busy = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(busy, in: desk.tenant.id, by: .system), to: full)
            _ = try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), reason: "Not mine.")
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 61)
            for _ in 0..<2 { #expect(try await desk.pass(isStepDue: true).assigned.isEmpty) }
            let waiting = try await desk.ticket(id)
            #expect(waiting.offerRound == 0 && waiting.declinedBy == [agent])
            _ = try await desk.commands.transition(TicketRequest(busy, in: desk.tenant.id, by: .agent(full)), to: .resolved)
            #expect(try await desk.pass().assigned.map(\.agent) == [full])
        }
    }

    @Test("Whoever claims what is offered to him has answered the offer: his misses are forgotten")
    func claimingAnswers() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.database.sql("UPDATE docket.agent_presence SET misses = 1")
            _ = try await desk.commands.claim(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent)
            #expect(try await desk.ticket(id).assigneeID == agent)
            #expect(try await desk.number("SELECT misses FROM docket.agent_presence") == 0)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test func aHumanDecisionRescindsTheOffer() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let asked = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            let chosen = try await desk.tenant.addAgent()
            let refused = await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.claim(TicketRequest(id, in: desk.tenant.id, by: .agent(chosen)), by: chosen)
            }
            #expect(refused?.refusal == .offered(asked))
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: chosen)
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == chosen && ticket.offer == nil && ticket.declinedBy.isEmpty)
            let kinds = try await desk.history(of: id).map(\.payload.kind)
            #expect(kinds.suffix(3) == ["ticket.offer_ended", "ticket.assigned", "ticket.state_changed"])
            let gone = await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.acceptOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(asked)), by: asked)
            }
            #expect(gone?.refusal == .offerOver(owner: chosen))
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test func whoGoesAwayIsAskedNoMore() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 600)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await AbsentAgents(environment: desk.dispatcher, failures: .recorded).run() == 1)
            let ticket = try await desk.ticket(id)
            #expect(ticket.offer == nil && ticket.declinedBy.isEmpty)
            #expect(try await desk.number("SELECT misses FROM docket.agent_presence") == 0)
            // He is back and is asked again.
            try await desk.heartbeat(of: agent)
            #expect(try await desk.pass().offered == 1)
        }
    }

    @Test("A lost lease takes offers back at once, without a miss, though the tickets that the agent has stay for a while")
    func aLostLeaseTakesOffersBack() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 60)
            let own = try await desk.create()
            _ = try await desk.pass()
            try await desk.askFor(seconds: 600)
            let id = try await desk.create()
            #expect(try await desk.pass().offered == 1)
            let absent = AbsentAgents(environment: desk.dispatcher, failures: .recorded)
            #expect(try await absent.run() == 0)
            try await desk.advance(by: 61)
            #expect(try await absent.run() == 1)
            let ticket = try await desk.ticket(id)
            #expect(ticket.offer == nil && ticket.declinedBy.isEmpty)
            #expect(try await desk.ticket(own).assigneeID == agent)
            #expect(try await desk.value("SELECT status || misses || is_held FROM docket.agent_presence") == "online0false")
            #expect(try await absent.run() == 0)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test("An offer that runs out while its agent is not there is taken back: no miss, and nobody is put on a break")
    func anOfferThatRunsOutWithoutItsAgent() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 120)
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 60)
            let (first, second) = (try await desk.create(), try await desk.create())
            _ = try await desk.pass()
            try await desk.advance(by: 121)
            #expect(try await desk.offers.endDue(failures: .recorded) == 2)
            for id in [first, second] {
                let ticket = try await desk.ticket(id)
                #expect(ticket.offer == nil && ticket.declinedBy.isEmpty)
                guard case .offerEnded(let ended)? = try await desk.history(of: id).last?.payload else {
                    Issue.record("no event says that the offer ended")
                    return
                }
                #expect(ended.outcome == .rescinded)
            }
            #expect(try await desk.value("SELECT status || misses || is_held FROM docket.agent_presence") == "online0false")
        }
    }

    @Test("Who is given by hand what he is asked to take has room for it: it is not counted twice")
    func byHandToWhomItIsOffered() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let id = try await desk.create()
            _ = try await desk.pass()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: agent)
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == agent && !ticket.isOverCapacity)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test("A round that cannot be ended holds up no other")
    func aRoundThatStays() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            let (first, second) = (try await desk.create(), try await desk.create())
            _ = try await desk.pass()
            for id in [first, second] {
                _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            }
            _ = try await desk.pass()
            try await desk.refuseChanges(of: first)
            try await desk.advance(by: 61)
            let failed = FailedTickets()
            _ = try await RoutingPasses(environment: desk.dispatcher, failures: failed.sink)
                .run(desk.tenant.queue, of: desk.tenant.id, limit: 10, isStepDue: true)
            #expect(failed.take() == [first])
            #expect(try await desk.ticket(second).offerRound == 1)
        }
    }

    /// Of 200 who claim one ticket at once exactly one gets it; of 50 who accept, decline or let pass one offer, exactly one answer counts.
    @Test func parallelClaimsHaveOneWinner() async throws {
        try await RoutingDesk.with(connections: 8) { desk in
            var agents: [AgentID] = []
            for _ in 0..<20 { agents.append(try await desk.tenant.addAgent(capacity: 100)) }
            let id = try await desk.create()
            let claimants = agents
            let results = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            _ = try await desk.commands.claim(
                                TicketRequest(id, in: desk.tenant.id, by: .agent(claimants[number % claimants.count])),
                                by: claimants[number % claimants.count]
                            )
                            return true
                        } catch UseCaseError.refused(.alreadyAssigned) {
                            return false
                        } catch {
                            Issue.record("\(error)")
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(results == 1)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
        }
    }

    @Test func anOfferIsAnsweredOnce() async throws {
        try await RoutingDesk.with(connections: 8) { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent(capacity: 100)
            let id = try await desk.create()
            _ = try await desk.pass()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        do {
                            if number.isMultiple(of: 2) {
                                _ = try await desk.commands.acceptOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent)
                            } else {
                                _ = try await desk.commands.declineOffer(
                                    TicketRequest(id, in: desk.tenant.id, by: .agent(agent)),
                                    by: agent,
                                    reason: nil
                                )
                            }
                        } catch UseCaseError.refused(.offerOver) {
                            return
                        } catch {
                            Issue.record("\(error)")
                        }
                    }
                }
            }
            let answers = try await desk.history(of: id).count { if case .offerEnded = $0.payload { true } else { false } }
            #expect(answers == 1)
            #expect(try await desk.drift().isEmpty)
        }
    }
}

extension UseCaseError {
    fileprivate var refusal: TicketRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}

extension RoutingDesk {
    fileprivate var offers: Offers { Offers(environment: dispatcher) }

    /// Lets the queue ask agents before they get a ticket.
    func askFor(seconds: Int, noTaker: String = "assign") async throws {
        try await database.sql(
            """
            UPDATE docket.queue SET offer_seconds = \(seconds), no_taker = '\(noTaker)';
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
    }

    /// Agents whose load is not what their tickets and offers make.
    fileprivate func drift() async throws -> [AgentID] {
        var unit = TenantUnit(tenant.id)
        let drift = unit.add(LoadDrift(tenant: tenant.id, states: [.assigned, .inProgress], limit: 10))
        return try await api.database.run(unit).rows(drift).map(\.agent)
    }
}
