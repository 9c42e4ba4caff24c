import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A3.7: 转办, 退回, 撤回.
@Suite struct TransferTests {
    @Test("A transfer to another agent keeps the state, moves the load, names who had it, and writes one event for the verb")
    func toAgent() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .inProgress)
            let after = try desk.done(
                try await desk.commands.transfer(
                    TicketRequest(id, in: desk.tenant.id, by: .agent(a)),
                    to: TransferTo(.agent(b), group: desk.group),
                    reason: "knows printers",
                    note: "The toner is fine."
                )
            )
            #expect(after.state == .inProgress && after.assigneeID == b && after.content.groupID == desk.group)
            #expect(
                try await desk.kinds(id, last: 4) == ["ticket.transferred", "ticket.updated", "ticket.assigned", "ticket.message_added"]
            )
            let history = try await desk.history(id)
            #expect(history.count { $0.payload.kind == "ticket.transferred" } == 1)
            guard case .verb(.transferred(let transferred)) = history[history.count - 4].payload,
                case .assigned(let assigned) = history[history.count - 2].payload
            else {
                Issue.record("other events")
                return
            }
            #expect(transferred.from.agentID == a && transferred.to.agentID == b && transferred.reason == "knows printers")
            #expect(assigned.previousAgentID == a && assigned.cause == .transfer)
            let notes = try await desk.queries.messages(of: id, in: desk.tenant.id, after: nil, limit: 10).map(\.message)
            #expect(notes.map(\.visibility) == [.internal] && notes.map(\.author) == [.agent(a)])
            try await desk.expectConsistent(id)
        }
    }

    @Test("A transfer to another queue waits there, with its place in time kept; who gave it away is not the next to get it")
    func toQueue() async throws {
        try await VerbDesk.with { desk in
            let a = desk.agents[0]
            let id = try await desk.ticket()
            let eligibleAt = try await desk.row(id).eligibleAt
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: 1)) { content in
                var content = content
                content.preferredAgentID = a
                return content
            }
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: a)
            let after = try desk.done(
                try await desk.commands.transfer(
                    TicketRequest(id, in: desk.tenant.id, by: .agent(a)),
                    to: TransferTo(.queue(desk.secondQueue)),
                    reason: "x"
                )
            )
            #expect(after.state == .waitingAssignment && after.assigneeID == nil && after.content.queueID == desk.secondQueue)
            #expect(after.eligibleAt == eligibleAt && after.content.preferredAgentID == nil && after.declinedBy == [a])
            #expect(try await desk.database.sql("SELECT excluded_agents FROM docket.routing_entry") == [["{\(a)}"]])
            try await desk.expectConsistent(id)
        }
    }

    @Test("What cannot be transferred is refused, and names that lead nowhere are told")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let waiting = try await desk.ticket()
            func transfer(_ id: TicketID, _ target: TransferTo.Target, group: GroupID? = nil) async throws -> CommandOutcome {
                try await desk.commands.transfer(
                    TicketRequest(id, in: desk.tenant.id, by: .system),
                    to: TransferTo(target, group: group),
                    reason: "x"
                )
            }
            try await desk.expectRefusal(.notAssigned, of: waiting) { try await transfer(waiting, .agent(a)) }
            try await desk.expectRefusal(.verb(.alreadyThere), of: waiting) { try await transfer(waiting, .queue(desk.tenant.queue)) }
            let id = try await desk.ticket(assignedTo: a)
            try await desk.expectRefusal(.verb(.alreadyThere), of: id) { try await transfer(id, .agent(a)) }
            for (target, group, pointers) in [
                (TransferTo.Target.agent(IdentifierSource().next()), nil, ["/to/agent_id"]),
                (.queue(IdentifierSource().next()), GroupID?.some(IdentifierSource().next()), ["/to/queue_id", "/to/group_id"]),
            ] {
                do {
                    _ = try await transfer(id, target, group: group)
                    Issue.record("the command should have failed")
                } catch UseCaseError.invalid(let problems) {
                    #expect(problems.map(\.pointer) == pointers)
                }
            }
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .resolved)
            try await desk.expectRefusal(.verb(.solved(.resolved)), of: id) { try await transfer(id, .agent(b)) }
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .closed)
            try await desk.expectRefusal(.closed(.closed), of: id) { try await transfer(id, .agent(b)) }
        }
    }

    @Test("A transferred ticket goes back to who transferred it; given back again, and where it came by routing, it goes to its queue")
    func giveBack() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            let eligibleAt = try await desk.row(id).eligibleAt
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            try await desk.expectRefusal(.verb(.notYours), of: id) {
                try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), reason: "no")
            }
            let back = try desk.done(try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(b)), reason: "not mine"))
            #expect(back.assigneeID == a && back.state == .assigned)
            #expect(try await desk.kinds(id, last: 2) == ["ticket.returned", "ticket.assigned"])
            let queued = try desk.done(try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), reason: "nor mine"))
            #expect(queued.assigneeID == nil && queued.state == .waitingAssignment && queued.eligibleAt == eligibleAt)
            // Routing gives it to somebody else next.
            let excluded = try await desk.database.sql("SELECT excluded_agents FROM docket.routing_entry WHERE ticket_id = '\(id)'")
            #expect(queued.declinedBy == [a] && excluded == [["{\(a)}"]])
            try await desk.expectRefusal(.notAssigned, of: id) {
                try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .system), reason: "x")
            }
            try await desk.expectConsistent(id)
        }
    }

    @Test("A released ticket goes to somebody else next, also where its agent was the preferred one")
    func release() async throws {
        try await VerbDesk.with { desk in
            let a = desk.agents[0]
            let content = TicketContent(subject: "A test", preferredAgentID: a)
            let made = try desk.done(try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system))
            _ = try await desk.commands.assign(TicketRequest(made.id, in: desk.tenant.id, by: .system), to: a)
            let released = try desk.done(try await desk.commands.release(TicketRequest(made.id, in: desk.tenant.id, by: .agent(a))))
            #expect(released.state == .waitingAssignment && released.assigneeID == nil && released.eligibleAt == made.eligibleAt)
            #expect(released.declinedBy == [a] && released.content.preferredAgentID == nil)
            let entry = try await desk.database.sql("SELECT excluded_agents, preferred_agent_id IS NULL FROM docket.routing_entry")
            #expect(entry == [["{\(a)}", "t"]])
            try await desk.expectConsistent(made.id)
            // He may take it himself.
            let claimed = try desk.done(try await desk.commands.claim(TicketRequest(made.id, in: desk.tenant.id, by: .agent(a)), by: a))
            #expect(claimed.assigneeID == a && claimed.declinedBy.isEmpty)
        }
    }

    @Test("A release from before this rule rebuilds the ticket as it was stored then")
    func formerRelease() {
        let agent = AgentID(high: 1, low: 1)
        let time = Timestamp(microseconds: 1)
        let rules = TicketRules(lifecycle: .standard)
        let ticket = rules.create(id: TicketID(high: 2, low: 1), number: 1, content: TicketContent(subject: "x"), by: .system, at: time).after
        let former = TicketEvent.Unassigned(agentID: agent, cause: .release)
        let event = TicketEvent(ticketID: ticket.id, sequence: 2, version: 2, at: time, actor: .system, payload: .unassigned(former))
        #expect(ticket.applying(event).declinedBy.isEmpty)
    }

    @Test("To have asked a colleague is not to have begun: the transfer can be withdrawn", arguments: [true, false])
    func withdrawBehindAQuestion(isOpen: Bool) async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            let question = desk.commands.newConsultation()
            let request = TicketRequest(id, in: desk.tenant.id, by: .agent(b))
            _ = try await desk.commands.consult(request, agent: desk.agents[2], consultation: question, question: "Which driver?")
            if !isOpen { _ = try await desk.commands.cancel(request, consultation: question) }
            let back = try desk.done(try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(a))))
            #expect(back.assigneeID == a)
            try await desk.expectConsistent(id)
        }
    }

    @Test("A ticket whose former agent has left goes to its queue")
    func giveBackToLeaver() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            try await desk.database.sql("UPDATE docket.agent SET active = false WHERE id = '\(a)'")
            try await desk.expectRefusal(.verb(.agentGone(a)), of: id) {
                try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(a)))
            }
            let back = try desk.done(try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(b)), reason: "x"))
            #expect(back.state == .waitingAssignment)
            try await desk.expectConsistent(id)
        }
    }

    @Test(
        "A ticket whose former agent is not there goes to its queue and prefers him",
        arguments: [
            "agent_presence SET lease_until = docket.now()", "agent_presence SET shift_ends_at = docket.now()",
            "agent SET absent_from = docket.now() - interval '1 hour', absent_until = docket.now() + interval '1 hour'",
        ]
    )
    func giveBackToAbsent(change: String) async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            let eligibleAt = try await desk.row(id).eligibleAt
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            try await desk.database.sql("UPDATE docket.\(change) WHERE \(change.hasPrefix("agent ") ? "id" : "agent_id") = '\(a)'")
            let back = try desk.done(try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(b)), reason: "x"))
            #expect(back.state == .waitingAssignment && back.assigneeID == nil && back.eligibleAt == eligibleAt)
            #expect(back.content.preferredAgentID == a && back.declinedBy == [b])
            try await desk.expectConsistent(id)
        }
    }

    @Test("What somebody else withdraws for an agent who is not there goes to its queue and prefers him; he himself gets it back")
    func withdrawForAbsent() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            for isHimself in [true, false] {
                try await desk.database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() + interval '1 hour' WHERE agent_id = '\(a)'")
                let id = try await desk.ticket(assignedTo: a)
                let eligibleAt = try await desk.row(id).eligibleAt
                _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
                try await desk.database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() WHERE agent_id = '\(a)'")
                let key = Actor.api(IdentifierSource().next())
                let request = TicketRequest(id, in: desk.tenant.id, by: isHimself ? .agent(a) : key)
                let back = try desk.done(try await desk.commands.withdraw(request))
                #expect(back.assigneeID == (isHimself ? a : nil) && back.state == (isHimself ? .assigned : .waitingAssignment))
                #expect(back.content.preferredAgentID == (isHimself ? nil : a) && back.eligibleAt == eligibleAt)
                try await desk.expectConsistent(id)
            }
        }
    }

    @Test("What waits for the customer is the former agent's again, there or not: it waits with him, and goes to its queue when the customer writes")
    func withdrawWhatWaits() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (desk.agents[0], desk.agents[1])
            let id = try await desk.ticket(assignedTo: a)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .waitingCustomer)
            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            try await desk.database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() WHERE agent_id = '\(a)'")
            let key = Actor.api(IdentifierSource().next())
            let back = try desk.done(try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: key)))
            #expect(back.assigneeID == a && back.state == .waitingCustomer)
            try await desk.expectConsistent(id)
            let reply = TicketRequest(id, in: desk.tenant.id, by: key)
            let answered = try await desk.commands.addMessage(reply, visibility: .public, author: .requester(nil), body: "It still does not work.")
            let queued = try desk.done(answered)
            #expect(queued.assigneeID == nil && queued.state == .waitingAssignment && queued.content.preferredAgentID == a)
            try await desk.expectConsistent(id)
        }
    }

    @Test("Who transferred a ticket takes it back, until its new owner has begun; nobody else does, and only once")
    func withdraw() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (desk.agents[0], desk.agents[1], desk.agents[2])
            let id = try await desk.ticket(assignedTo: a)
            func withdraw(_ agent: AgentID) async throws -> CommandOutcome {
                try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)))
            }
            try await desk.expectRefusal(.verb(.notTransferred), of: id) { try await withdraw(a) }
            _ = try await desk.commands.transfer(
                TicketRequest(id, in: desk.tenant.id, by: .agent(a)),
                to: TransferTo(.agent(b)),
                reason: "x",
                note: "y"
            )
            try await desk.expectRefusal(.verb(.notYours), of: id) { try await withdraw(c) }
            _ = try await desk.commands.urge(TicketRequest(id, in: desk.tenant.id, by: .system), text: "soon")
            let back = try desk.done(try await withdraw(a))
            #expect(back.assigneeID == a && back.state == .assigned)
            try await desk.expectRefusal(.verb(.acted(a)), of: id) { try await withdraw(a) }
            try await desk.expectConsistent(id)

            _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: TransferTo(.agent(b)), reason: "x")
            try await desk.note(id, by: b)
            try await desk.expectRefusal(.verb(.acted(b)), of: id) { try await withdraw(a) }
        }
    }

    @Test("Notes, replies and edits of third people, and who follows a ticket, do not stand in the way of a withdrawal")
    func withdrawBesideThirdPeople() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (desk.agents[0], desk.agents[1], desk.agents[2])
            let (first, third) = (Actor.agent(a), Actor.agent(c))
            @Sendable func request(_ id: TicketID, by actor: Actor) -> TicketRequest { TicketRequest(id, in: desk.tenant.id, by: actor) }
            let works: [@Sendable (TicketID) async throws -> Void] = [
                { try await desk.note($0, by: c) },
                { _ = try await desk.commands.addMessage(request($0, by: third), visibility: .public, author: .agent(c), body: "Soon.") },
                { _ = try await desk.commands.addMessage(request($0, by: .system), visibility: .public, author: .system, body: "Received.") },
                { _ = try await desk.commands.follow(request($0, by: third), agent: c) },
                {
                    _ = try await desk.commands.update(request($0, by: third)) { content in
                        var content = content
                        content.subject = "Edited"
                        return content
                    }
                },
            ]
            for work in works {
                let id = try await desk.ticket(assignedTo: a)
                _ = try await desk.commands.transfer(request(id, by: first), to: TransferTo(.agent(b)), reason: "x")
                try await work(id)
                let back = try desk.done(try await desk.commands.withdraw(request(id, by: first)))
                #expect(back.assigneeID == a)
                try await desk.expectConsistent(id)
            }
        }
    }

    @Test("What the new owner has handed on, its former owner cannot take back: that is a conflict; who never transferred it may not ask")
    func withdrawWhatWasHandedOn() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (desk.agents[0], desk.agents[1], desk.agents[2])
            let id = try await desk.ticket(assignedTo: a)
            for (from, to) in [(a, b), (b, c)] {
                _ = try await desk.commands.transfer(TicketRequest(id, in: desk.tenant.id, by: .agent(from)), to: TransferTo(.agent(to)), reason: "x")
            }
            for (agent, refusal) in [(a, VerbRefusal.acted(c)), (c, .notYours)] {
                try await desk.expectRefusal(.verb(refusal), of: id) {
                    try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)))
                }
            }
            // Who handed it on last takes it back, and is the owner again.
            let back = try desk.done(try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(b))))
            #expect(back.assigneeID == b)
        }
    }

    @Test("A transfer to a queue is withdrawn with the state and queue of before, also after routing gave it to somebody who has not begun")
    func withdrawFromQueue() async throws {
        try await VerbDesk.with { desk in
            let a = desk.agents[0]
            let id = try await desk.ticket(assignedTo: a)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .inProgress)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(a)), to: .waitingCustomer)
            for hasCustomerWritten in [false, true] {
                _ = try await desk.commands.transfer(
                    TicketRequest(id, in: desk.tenant.id, by: .agent(a)),
                    to: TransferTo(.queue(desk.secondQueue)),
                    reason: "x"
                )
                if hasCustomerWritten {
                    let requester = Actor.requester(IdentifierSource().next())
                    _ = try await desk.commands.addMessage(
                        TicketRequest(id, in: desk.tenant.id, by: requester),
                        visibility: .public,
                        author: .requester(nil),
                        body: "And?"
                    )
                }
                let back = try desk.done(try await desk.commands.withdraw(TicketRequest(id, in: desk.tenant.id, by: .agent(a))))
                #expect(back.assigneeID == a && back.content.queueID == desk.tenant.queue)
                #expect(back.state == (hasCustomerWritten ? .inProgress : .waitingCustomer))
                try await desk.expectConsistent(id)
            }
        }
    }

    @Test(
        "A ticket without an agent that waited for its customer, who has written since, waits for an agent once its transfer is withdrawn",
        arguments: [true, false]
    )
    func withdrawWithoutAgent(isQueued: Bool) async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket()
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.transition(request, to: .waitingCustomer)
            if !isQueued { try await desk.put(id, into: nil, by: .system) }
            let key = TicketRequest(id, in: desk.tenant.id, by: .api(APIKeyID(high: 1, low: 1)))
            _ = try await desk.commands.transfer(key, to: TransferTo(.queue(desk.secondQueue)), reason: "x")
            let requester = TicketRequest(id, in: desk.tenant.id, by: .requester(IdentifierSource().next()))
            _ = try await desk.commands.addMessage(requester, visibility: .public, author: .requester(nil), body: "And?")
            let back = try desk.done(try await desk.commands.withdraw(key))
            #expect(back.assigneeID == nil && back.content.queueID == (isQueued ? desk.tenant.queue : nil))
            #expect(back.state == (isQueued ? .waitingAssignment : .new) && back.isWaitingForAgent == isQueued)
            try await desk.expectConsistent(id)
        }
    }

    @Test(
        "A transfer is withdrawn to the queue of before also where the ticket has overflowed since; it waits exactly where it has a queue",
        arguments: [true, false]
    )
    func withdrawAfterOverflow(isQueued: Bool) async throws {
        try await VerbDesk.with { desk in
            let a = desk.agents[0]
            let third: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(third)', 'Third', docket.now(), docket.now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(third)');
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.ticket()
            if !isQueued { try await desk.put(id, into: nil, by: .system) }
            let before = try await desk.row(id)
            let request = TicketRequest(id, in: desk.tenant.id, by: .agent(a))
            _ = try await desk.commands.transfer(request, to: TransferTo(.queue(desk.secondQueue)), reason: "x")
            try await desk.overflow(id, to: third)
            #expect(try await desk.row(id).content.queueID == third)
            let back = try desk.done(try await desk.commands.withdraw(request))
            #expect(back.content.queueID == before.content.queueID && back.state == before.state)
            try await desk.expectConsistent(id)
        }
    }

    @Test("Who has put a ticket into another queue since stands in the way of a withdrawal, unless it was he who transferred it")
    func withdrawAfterEdit() async throws {
        try await VerbDesk.with { desk in
            let a = desk.agents[0]
            let id = try await desk.ticket()
            let request = TicketRequest(id, in: desk.tenant.id, by: .agent(a))
            for editor in [Actor.system, .agent(a)] {
                _ = try await desk.commands.transfer(request, to: TransferTo(.queue(desk.secondQueue)), reason: "x")
                try await desk.put(id, into: nil, by: editor)
                try await desk.expectConsistent(id)
                if editor == .system {
                    try await desk.expectRefusal(.verb(.acted(nil)), of: id) { try await desk.commands.withdraw(request) }
                    try await desk.put(id, into: desk.tenant.queue, by: .system)
                } else {
                    let back = try desk.done(try await desk.commands.withdraw(request))
                    #expect(back.content.queueID == desk.tenant.queue && back.state == .waitingAssignment)
                    try await desk.expectConsistent(id)
                }
            }
        }
    }
}
