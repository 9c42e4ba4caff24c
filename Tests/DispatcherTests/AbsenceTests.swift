import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What becomes of the work of agents who go away (routing.md F; features.md A3.13).
@Suite struct AbsenceTests {
    @Test func unansweredWorkGoesBackAfterTheGraceOfALostLease() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 60)
            let unanswered = try await desk.create()
            let answered = try await desk.create()
            _ = try await desk.pass()
            try await desk.answer(answered, by: agent)
            let before = try await desk.ticket(unanswered)

            // The clock goes on by itself too: the margins are wide enough for a busy machine.
            try await desk.advance(by: 90)
            #expect(try await desk.absent.run() == 0)
            try await desk.advance(by: 31)
            #expect(try await desk.absent.run() == 1)
            let after = try await desk.ticket(unanswered)
            #expect(after.assigneeID == nil && after.state == .waitingAssignment)
            #expect(after.eligibleAt == before.eligibleAt)
            #expect(try await desk.ticket(answered).assigneeID == agent)
            guard case .unassigned(let event)? = try await desk.history(of: unanswered).dropLast().last?.payload else {
                Issue.record("no event says that the ticket was taken away")
                return
            }
            #expect(event.cause == .agentGone)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
            // Looked after once.
            #expect(try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 10).isEmpty)
            #expect(try await desk.absent.run() == 0)
        }
    }

    @Test("Of more who are gone than one look takes, it is not the same each time who is found")
    func foundByChance() async throws {
        try await RoutingDesk.with { desk in
            for _ in 0..<4 {
                _ = try await desk.tenant.addAgent()
            }
            try await desk.database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() - interval '9 minutes', settled = false")
            var found: Set<AgentID> = []
            // Of three among four, that one is left out each time has a chance of one in 4^100.
            for _ in 0..<100 where found.count < 4 {
                found.formUnion(try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 3).map(\.agent))
            }
            #expect(found.count == 4)
        }
    }

    @Test func whoSignsOutGivesBackAtOnce() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let other = try await desk.tenant.addAgent(isOnline: false)
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.heartbeat(of: other)
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.absent.run() == 1)
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            #expect(try await desk.ticket(id).assigneeID == other)
        }
    }

    @Test("What a pass under way gives to somebody who has just gone goes back, too", arguments: [false, true])
    func aPassUnderWay(leavesForGood: Bool) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: agent, channel: .api, delta: 0)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await desk.pass() }
                try await desk.eventually("the pass waits for the agent's row") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                if leavesForGood {
                    _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) {
                        var content = $0
                        content.isActive = false
                        return content
                    }
                } else {
                    try await desk.heartbeat(of: agent, status: .offline)
                }
                #expect(try await desk.absent.run() == 0)
                return pass
            }
            #expect(try await pass.value.assigned.map(\.agent) == [agent])
            #expect(try await desk.absent.run() == 1)
            #expect(try await desk.ticket(id).state == .waitingAssignment)
            // However often he says that he is away, he is looked after for so long and no longer.
            try await desk.advance(by: 16)
            if !leavesForGood { try await desk.heartbeat(of: agent, status: .offline) }
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 10).isEmpty)
        }
    }

    @Test("What somebody who knew gave to an agent who has gone stays with him; a level knows no more than a pass", arguments: [false, true])
    func givenKnowingly(byLevel: Bool) async throws {
        try await RoutingDesk.with { desk in
            let (agent, other) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let id = try await desk.create()
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: byLevel ? .scheduler : .agent(other)), to: agent)
            #expect(try await desk.absent.run() == (byLevel ? 1 : 0))
            #expect(try await desk.ticket(id).assigneeID == (byLevel ? nil : agent))
        }
    }

    @Test("What stays with an agent who has gone hides nothing behind it, however much it is; then he is looked after", arguments: [false, true])
    func behindManyThatStay(byRecord: Bool) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let (agent, other) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent(isOnline: false))
            var staying: [TicketID] = []
            // One page of two more than a look goes through.
            for _ in 0..<(AbsentAgents.pageLimit + 1) * 2 { staying.append(try await desk.create()) }
            let behind = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(behind, in: desk.tenant.id, by: .agent(other)), to: agent)
            try await desk.advance(by: 1)
            if byRecord {
                _ = try await desk.recordAbsence(of: agent, from: 0, to: 100_000)
            } else {
                try await desk.heartbeat(of: agent, status: .offline)
            }
            try await desk.advance(by: 16)
            for id in staying { _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .agent(other)), to: agent) }
            let absent = AbsentAgents(environment: desk.dispatcher, failures: .recorded, ticketLimit: 2)
            #expect(try await absent.run() == 0)
            #expect(try await desk.ticket(behind).assigneeID == agent)
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(behind).assigneeID == nil)
            for id in staying { #expect(try await desk.ticket(id).assigneeID == agent) }
            if byRecord {
                #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
            } else {
                let gone = try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 10)
                #expect(!gone.contains { $0.agent == agent })
            }
        }
    }

    @Test("Who goes leaves his queues a look: whom only he could help may go to others, or to nobody", arguments: [RoutingPresence.away, .offline])
    func goingIsSignalled(status: RoutingPresence) async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            for _ in 0..<2 { try await desk.create() }
            while try await desk.pass().hasMore {}
            let signals = "SELECT count(*) FROM docket.routing_signal"
            #expect(try await desk.number(signals) == 0)
            try await desk.heartbeat(of: agent)
            #expect(try await desk.number(signals) == 0)
            try await desk.heartbeat(of: agent, status: status)
            #expect(try await desk.number(signals) == 1)
            try await desk.heartbeat(of: agent, status: status)
            #expect(try await desk.number(signals) == 1)
        }
    }

    @Test("A lost lease is followed by a look, too, though nothing comes back")
    func aLostLeaseIsSignalled() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.heartbeat(of: agent, lease: 60)
            let first = try await desk.create()
            try await desk.create()
            while try await desk.pass().hasMore {}
            try await desk.answer(first, by: agent)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            try await desk.advance(by: 121)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
        }
    }

    @Test("Queues are looked at as soon as a lease is over, once, though tickets stay with the agent for a while yet")
    func aLostLeaseIsSignalledAtOnce() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.heartbeat(of: agent, lease: 60)
            for _ in 0..<2 { try await desk.create() }
            while try await desk.pass().hasMore {}
            func takeSignals() async throws -> Int {
                try await desk.database.sql("DELETE FROM docket.routing_signal RETURNING 1").count
            }
            let absent = desk.absent
            for _ in 0..<2 {
                _ = try await takeSignals()
                #expect(try await absent.run() == 0)
                #expect(try await takeSignals() == 0)
                try await desk.advance(by: 61)
                #expect(try await absent.run() == 0)
                #expect(try await takeSignals() == 1)
                #expect(try await absent.run() == 0)
                #expect(try await takeSignals() == 0)
                // Lost again, it is looked at again.
                try await desk.heartbeat(of: agent, lease: 60)
            }
        }
    }

    @Test func aBreakKeepsTheWork() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.heartbeat(of: agent, status: .away)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.ticket(id).assigneeID == agent)
        }
    }

    @Test func whoComesBackInTimeKeepsTheWork() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 60)
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.advance(by: 110)
            try await desk.heartbeat(of: agent, lease: 60)
            try await desk.advance(by: 20)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.ticket(id).assigneeID == agent)
        }
    }

    @Test func aShiftsEndGivesBackWhatIsUnanswered() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            let calendar: CalendarID = IdentifierSource().next()
            // Open for the ten minutes from the test's beginning, as two exact moments of its day cannot be known before.
            let times = try await desk.value(
                """
                SELECT to_char(docket.now() AT TIME ZONE 'UTC' - interval '2 minutes', 'HH24:MI') || '-'
                    || to_char(docket.now() AT TIME ZONE 'UTC' + interval '10 minutes', 'HH24:MI')
                """
            )
            let parts = times.split(separator: "-")
            // Around midnight the end is the next day's: 24:09.
            let end = parts[1] < parts[0] ? "24" + parts[1].dropFirst(2) : parts[1]
            let day = #"[["\#(parts[0])","\#(end)"]]"#
            let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { #""\#($0)":\#(day)"# }.joined(separator: ",")
            try await desk.database.sql(
                """
                INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 'Shift', '{"tz":"UTC","weekly":{\(week)}}', docket.now(), docket.now());
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                    SELECT tenant_id, id, 1, definition, '2000-01-01Z' FROM docket.calendar;
                UPDATE docket.agent SET calendar_id = '\(calendar)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.heartbeat(of: agent, lease: 3_600)
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
            #expect(try await desk.absent.run() == 0)
            try await desk.advance(by: 601)
            // Still signed in.
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await desk.absent.run() == 1)
            #expect(try await desk.ticket(id).state == .waitingAssignment)
            try await desk.heartbeat(of: agent, lease: 3_600)
            try await desk.advance(by: 16)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 10).isEmpty)
        }
    }

    @Test func theCustomerOfAnAbsentAgentIsNotLeftWaiting() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.answer(id, by: agent)
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.absent.run() == 0)
            _ = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .system),
                visibility: .public,
                author: .requester(nil),
                body: "And now?"
            )
            let ticket = try await desk.ticket(id)
            #expect(ticket.state == .waitingAssignment && ticket.assigneeID == nil)
            #expect(ticket.content.preferredAgentID == agent)
            #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
            // He is back when its turn comes.
            _ = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent)
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
        }
    }

    @Test("What counts is a reply to the customer since the agent got the ticket, not how far its state has come")
    func answersAreReplies() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 10)
            let other = try await desk.tenant.addAgent(capacity: 10, isOnline: false)
            var tickets: [TicketID] = []
            for _ in 0..<4 { tickets.append(try await desk.create()) }
            let (begun, handedOn, helped, noted) = (tickets[0], tickets[1], tickets[2], tickets[3])
            _ = try await desk.pass()
            // Begun without a word to the customer.
            _ = try await desk.commands.transition(TicketRequest(begun, in: desk.tenant.id, by: .agent(agent)), to: .inProgress)
            // Answered by the one who had it before.
            try await desk.answer(handedOn, by: agent)
            _ = try await desk.commands.assign(TicketRequest(handedOn, in: desk.tenant.id, by: .system), to: other)
            _ = try await desk.commands.assign(TicketRequest(handedOn, in: desk.tenant.id, by: .system), to: agent)
            // Answered by a colleague while he has it.
            try await desk.answer(helped, by: other)
            // A note is no answer.
            try await desk.answer(noted, by: agent, visibility: .internal)
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.absent.run() == 3)
            for id in [begun, handedOn, noted] {
                let ticket = try await desk.ticket(id)
                #expect(ticket.state == .waitingAssignment && ticket.assigneeID == nil)
                #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
            }
            #expect(try await desk.ticket(helped).assigneeID == agent)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
        }
    }

    @Test func whoLeavesForGoodGivesBackEverything() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let open = try await desk.create()
            let pending = try await desk.create()
            let solved = try await desk.create()
            _ = try await desk.pass()
            try await desk.answer(open, by: agent)
            _ = try await desk.commands.transition(TicketRequest(pending, in: desk.tenant.id, by: .agent(agent)), to: .waitingCustomer)
            _ = try await desk.commands.transition(TicketRequest(solved, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) {
                var content = $0
                content.isActive = false
                return content
            }
            #expect(try await desk.absent.run() == 2)
            #expect(try await desk.ticket(open).state == .waitingAssignment)
            let waiting = try await desk.ticket(pending)
            #expect(waiting.state == .waitingCustomer && waiting.assigneeID == nil)
            #expect(try await desk.ticket(solved).assigneeID == agent)
            let loads = try await desk.loads()
            #expect(loads.stored == 0 && loads.recomputed == 0)
        }
    }

    @Test("What somebody who left for good had on hold goes back into its queue, or is nobody's", arguments: [true, false])
    func aLeaversTicketOnHold(isInQueue: Bool) async throws {
        try await RoutingDesk.with { desk in
            let (id, _, other) = try await desk.solveAndLeave(isInQueue: isInQueue, leaving: .onHold)
            let ticket = try await desk.ticket(id)
            #expect(ticket.state == (isInQueue ? .waitingAssignment : .new) && ticket.assigneeID == nil)
            #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
            #expect(try await desk.pass().assigned.map(\.agent) == (isInQueue ? [other] : []))
        }
    }

    @Test("What is on hold without an agent goes into its queue when its customer writes, or somebody takes it up", arguments: [true, false])
    func onHoldWithoutAnAgent(customerWrites: Bool) async throws {
        try await RoutingDesk.with { desk in
            let id = try await desk.create()
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.transition(request, to: .onHold)
            #expect(try await desk.waitingCount() == 0)
            if customerWrites {
                _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And now?")
            } else {
                _ = try await desk.commands.transition(request, to: .inProgress)
            }
            let ticket = try await desk.ticket(id)
            #expect(ticket.state == .waitingAssignment)
            #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
            let agent = try await desk.tenant.addAgent()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            // With an agent it goes on waiting for others: he sees the message.
            _ = try await desk.commands.transition(request, to: .onHold)
            _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "Well?")
            #expect(try await desk.ticket(id).state == .onHold)
        }
    }

    @Test("What somebody who left for good had solved goes back to its queue when it is opened again by hand")
    func aLeaversSolvedTicketIsOpenedAgain() async throws {
        try await RoutingDesk.with { desk in
            let (id, leaver, other) = try await desk.solveAndLeave()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(other)), to: .inProgress)
            let ticket = try await desk.ticket(id)
            #expect(ticket.state == .waitingAssignment && ticket.assigneeID == nil)
            let history = try await desk.history(of: id)
            #expect(Ticket.replay(history) == ticket)
            let taken = TicketEvent.Payload.unassigned(TicketEvent.Unassigned(agentID: leaver, cause: .agentLeft))
            #expect(history.contains { $0.payload == taken })
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
        }
    }

    @Test(
        "What an agent who is gone had solved, or had waiting, without an answer goes back to its queue when work on it begins again, and to him if he is back",
        arguments: [TicketState.resolved, .waitingCustomer, .onHold]
    )
    func workBeginsAgain(state: TicketState) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            let (open, answered, own) = (try await desk.create(), try await desk.create(), try await desk.create())
            #expect(try await desk.pass().assigned.count == 3)
            try await desk.answer(answered, by: agent)
            for id in [open, answered, own] {
                _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: state)
            }
            try await desk.heartbeat(of: agent, status: .offline)
            #expect(try await desk.absent.run() == 0)
            try await desk.advance(by: 20)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.dispatcher.database.agentsGone(grace: 0, limit: 10).isEmpty)
            let other = try await desk.tenant.addAgent()
            for id in [open, answered] {
                _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(other)), to: .inProgress)
            }
            _ = try await desk.commands.transition(TicketRequest(own, in: desk.tenant.id, by: .agent(agent)), to: .inProgress)
            let ticket = try await desk.ticket(open)
            #expect(ticket.state == .waitingAssignment && ticket.assigneeID == nil && ticket.content.preferredAgentID == agent)
            #expect(Ticket.replay(try await desk.history(of: open)) == ticket)
            // He takes it up himself, or has answered.
            for id in [answered, own] { #expect(try await desk.ticket(id).assigneeID == agent) }
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            let loads = try await desk.loads()
            #expect(loads.stored == 3 && loads.recomputed == 3)
        }
    }

    @Test("The same when its customer writes, also where it is in no queue: then it is nobody's", arguments: [true, false])
    func aLeaversCustomerWrites(isInQueue: Bool) async throws {
        try await RoutingDesk.with { desk in
            let (id, _, _) = try await desk.solveAndLeave(isInQueue: isInQueue)
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "Again")
            let ticket = try await desk.ticket(id)
            #expect(ticket.state == (isInQueue ? .waitingAssignment : .new) && ticket.assigneeID == nil)
            #expect(ticket.content.preferredAgentID == nil)
            #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
        }
    }

    /// Two dispatchers and the agent himself at once: the ticket goes back once, or not at all.
    @Test func theAgentsReplyAndTheRequeueDoNotBothWin() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 100)
            let tickets = try await desk.create(many: 20)
            _ = try await desk.pass()
            try await desk.heartbeat(of: agent, status: .offline)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { _ = try await desk.absent.run() } }
                group.addTask {
                    for ticket in tickets { try await desk.answer(ticket, by: agent) }
                }
                try await group.waitForAll()
            }
            for id in tickets {
                let events = try await desk.history(of: id)
                let taken = events.count { if case .unassigned = $0.payload { true } else { false } }
                #expect(taken <= 1)
                #expect(Ticket.replay(events) == (try await desk.ticket(id)))
            }
            let loads = try await desk.loads()
            #expect(loads.stored == loads.recomputed)
        }
    }
}
