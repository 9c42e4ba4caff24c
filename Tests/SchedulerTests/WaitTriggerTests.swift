import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Chains that the wait for an agent starts: too long, nobody took it (sla.md, Escalation chains, rule 1).
@Suite struct WaitTriggerTests {
    private func useUnassigned(_ desk: SchedulerDesk, after seconds: Int = 1_800) async throws -> AgentID {
        let person = try await desk.tenant.addAgent()
        let chain = try await desk.addChain(desk.chain(desk.level(desk.target(person)), desk.level(desk.target(person))))
        try await desk.useEscalations(#"[{"trigger":"unassigned","after_seconds":\#(seconds),"chain_id":"\#(chain)","mode":"wall"}]"#)
        return person
    }

    @Test("Unassigned too long starts the queue's chain to the microsecond, also where nothing is promised, and an assignment ends it")
    func unassigned() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await useUnassigned(desk)
            let id = try await desk.create()
            try await desk.advance(by: 1_799)
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            let run = try #require(try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 10).first)
            #expect(run.stored.run.trigger == .unassigned && run.fired.map(\.outcome) == [.fired])
            #expect(run.upcoming.map(\.outcome) == [.fired, .exhausted])
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "ended")
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Who got the ticket by a level has ended the wait for somebody, however late anybody looked", arguments: [false, true])
    func endedByALevel(isLate: Bool) async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await desk.tenant.addAgent()
            let other = try await desk.tenant.addAgent()
            let chain = try await desk.addChain(
                desk.chain(desk.level(desk.target(person), actions: #"["reassign","notify"]"#), desk.level(desk.target(other)))
            )
            try await desk.useEscalations(#"[{"trigger":"unassigned","after_seconds":1800,"chain_id":"\#(chain)","mode":"wall"}]"#)
            let id = try await desk.create()
            try await desk.advance(by: isLate ? 7_200 : 1_800)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.ticket(id).assigneeID == person)
            let run = try #require(try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 10).first).stored.run
            #expect(run.state == .ended && run.end == .stopped)
            try await desk.advance(by: 7_200)
            #expect(try await desk.fire().claimed == 0)
            #expect(try await desk.mailboxes() == [desk.address(person)])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Who is deactivated as a level gives him the ticket is nobody: the next gets it, or the wait goes on", arguments: [true, false])
    func takerIsGone(hasNext: Bool) async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let (gone, other) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let first = hasNext ? desk.target(gone) + "," + desk.target(other) : desk.target(gone)
            let chain = try await desk.addChain(
                desk.chain(desk.level(first, actions: #"["reassign","notify"]"#), desk.level(desk.target(other)), repeats: 1)
            )
            try await desk.useEscalations(#"[{"trigger":"unassigned","after_seconds":1800,"chain_id":"\#(chain)","mode":"wall"}]"#)
            // He is read as active, and his load is not there any more when it is locked.
            try await desk.database.sql("DELETE FROM docket.agent_load WHERE agent_id = '\(gone)'")
            let id = try await desk.create()
            try await desk.advance(by: 1_800)
            _ = try await desk.fire()
            let run = try #require(try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 10).first).stored.run
            #expect(try await desk.ticket(id).assigneeID == (hasNext ? other : nil))
            #expect(run.state == .ended ? hasNext : !hasNext)
            #expect(try await desk.mailboxes() == [desk.address(other)])
            if !hasNext {
                // The level found nobody, so the next one fired at once; the second round goes on.
                try await desk.advance(by: 3_000)
                #expect(try await desk.fire().escalations == [.skippedEmpty: 1, .fired: 1, .exhausted: 1])
            }
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Waiting again counts from then on; what the dispatcher assigned meanwhile fires nothing")
    func again() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await useUnassigned(desk)
            let id = try await desk.create()
            try await desk.advance(by: 1_000)
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            try await desk.advance(by: 500)
            _ = try await desk.commands.release(TicketRequest(id, in: desk.tenant.id, by: .system))
            try await desk.advance(by: 1_799)
            #expect(try await desk.fire().escalations[.fired] == nil)
            try await desk.advance(by: 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            // As a dispatcher leaves it: assigned, with the run still armed.
            try await desk.database.sql(
                """
                DELETE FROM docket.routing_entry WHERE ticket_id = '\(id)';
                UPDATE docket.ticket SET state = 'assigned', assignee_id = '\(person)' WHERE id = '\(id)';
                """
            )
            try await desk.advance(by: 600)
            #expect(try await desk.fire().escalations[.fired] == nil)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE state = 'ended'") == 2)
        }
    }

    @Test("A ticket that comes back after routing gave it to somebody waits anew: nothing of the former wait goes on")
    func backFromRouting() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await useUnassigned(desk)
            let id = try await desk.create()
            try await desk.advance(by: 1_800)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.database.withEnvironment(role: "docket_dispatcher") { dispatcher in
                let pass = try await RoutingPasses(environment: dispatcher).run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
                #expect(pass.assigned.map(\.agent) == [person])
            }
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") != "ended")
            try await desk.advance(by: 300)
            _ = try await desk.commands.release(TicketRequest(id, in: desk.tenant.id, by: .system))
            let runs = try await EscalationQueries(environment: desk.api).runs(of: id, in: desk.tenant.id, limit: 10)
            #expect(runs.map(\.stored.isLive).sorted { $0 && !$1 } == [true, false])
            // The first level, half an hour after it came back; no second one of the wait before.
            try await desk.advance(by: 1_799)
            #expect(try await desk.fire().escalations[.fired] == nil)
            try await desk.advance(by: 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Nobody took it in all rounds of offers: the chain starts at once")
    func noTaker() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let agent = try await desk.tenant.addAgent()
            let chain = try await desk.addChain(desk.chain(desk.level(desk.target(agent))))
            try await desk.database.sql("UPDATE docket.queue SET offer_seconds = 60, no_taker = 'wait'")
            try await desk.useEscalations(#"[{"trigger":"no_taker","chain_id":"\#(chain)","mode":"wall"}]"#)
            let id = try await desk.create()
            try await desk.database.withEnvironment(role: "docket_dispatcher") { dispatcher in
                let passes = RoutingPasses(environment: dispatcher)
                for _ in 0..<TicketOffer.maximumRounds {
                    _ = try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
                    _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: "no")
                    _ = try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
                    try await desk.advance(by: Double(TicketOffer.roundPauseSeconds) + 1)
                    _ = try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10, isStepDue: true)
                }
            }
            #expect(try await desk.kinds(of: id).last == "ticket.no_taker")
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.value("SELECT trigger FROM docket.escalation_run") == "no_taker")
        }
    }

    private func pass(_ desk: SchedulerDesk) async throws {
        try await desk.database.withEnvironment(role: "docket_dispatcher") { dispatcher in
            _ = try await RoutingPasses(environment: dispatcher).run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
        }
    }

    @Test("A level acts on a ticket to which nothing is promised; its clocks begin when something is")
    func nothingPromised() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await desk.tenant.addAgent(isOnline: false)
            let chain = try await desk.addChain(desk.chain(desk.level(desk.target(person), actions: #"["notify","raise_priority"]"#)))
            try await desk.useEscalations(#"[{"trigger":"unroutable","chain_id":"\#(chain)","mode":"wall"}]"#)
            let id = try await desk.create()
            try await pass(desk)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.ticket(id).content.priority == .p2)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_ledger") == 0)
            try await desk.publish(position: 0, seconds: 600)
            try await desk.reevaluate()
            #expect(try await desk.timers(dueAfter: 600) == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("An unroutable ticket reaches the head of its group once, until it waits for something else")
    func unroutable() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let head = try await desk.tenant.addAgent(isOnline: false)
            let group = try await desk.addGroup(head: head)
            try await addBystander(desk)
            let id = try await desk.create(TicketContent(subject: "A test", groupID: group))
            let unsupervised = try await desk.create()
            for _ in 0..<3 {
                try await pass(desk)
                _ = try await desk.fire()
                try await desk.advance(by: 60)
            }
            #expect(try await desk.mailboxes() == [desk.address(head)])
            #expect(try await desk.kinds(of: id).filter { $0 == "escalation.fired" }.count == 2)
            // Once each, whoever is told.
            #expect(try await desk.kinds(of: unsupervised) == ["ticket.created", "ticket.unroutable"])
            #expect(try await desk.kinds(of: id).filter { $0 == "ticket.unroutable" }.count == 1)
            // Somebody could take it and is full: it waits for something else, and becomes unroutable again.
            try await desk.database.sql("UPDATE docket.agent_presence SET status = 'online'; UPDATE docket.agent_load SET load = capacity")
            try await pass(desk)
            try await desk.database.sql("UPDATE docket.agent_presence SET status = 'offline' WHERE agent_id = '\(head)'")
            try await pass(desk)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes().count == 2)
            #expect(try await desk.kinds(of: id).filter { $0 == "ticket.unroutable" }.count == 2)
            #expect(Ticket.replay(try await desk.history(of: id)) == (try await desk.ticket(id)))
        }
    }

    /// Somebody who is there, and takes tickets of no age.
    private func addBystander(_ desk: SchedulerDesk) async throws {
        _ = try await desk.tenant.addAgent(tier: 1)
    }

    @Test("Who is named is called at once: the queues in which somebody waits are asked to look", arguments: [true, false])
    func namingAsksTheQueues(isHead: Bool) async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let head = try await desk.tenant.addAgent(isOnline: false)
            let group = try await desk.addGroup(head: head)
            try await addBystander(desk)
            try await desk.database.sql(
                """
                UPDATE docket.agent_group SET head_agent_id = NULL;
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create(TicketContent(subject: "A test", groupID: group))
            try await pass(desk)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "ticket.unroutable"])
            let signals = "SELECT count(*) FROM docket.routing_signal"
            #expect(try await desk.number(signals) == 0)
            // Twice the same is said once.
            for _ in 0..<2 {
                if isHead {
                    _ = try await desk.directory.updateGroup(group, in: desk.tenant.id) { AgentGroupContent(name: $0.name, headAgentID: head) }
                } else {
                    try await desk.directory.setFallbackContact("duty@example.com", in: desk.tenant.id)
                }
                #expect(try await desk.number(signals) == 1)
            }
            try await pass(desk)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [isHead ? desk.address(head) : "duty@example.com"])
            // Who is named no more calls nobody.
            if isHead {
                _ = try await desk.directory.updateGroup(group, in: desk.tenant.id) { AgentGroupContent(name: $0.name) }
            } else {
                try await desk.directory.setFallbackContact(nil, in: desk.tenant.id)
            }
            #expect(try await desk.number(signals) == 0)
        }
    }

    @Test("Who is named while many tickets wait that nobody can take is told of all of them by ten mails and a digest")
    func namedLate() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let head = try await desk.tenant.addAgent(isOnline: false)
            let group = try await desk.addGroup(head: head)
            try await addBystander(desk)
            try await desk.database.sql(
                "UPDATE docket.agent_group SET head_agent_id = NULL; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            // Of each kind of need those at its front are told.
            for name in ["a", "b", "c"] {
                let needs = SkillRequirements(required: [SkillLevel(try await desk.tenant.addSkill(name), level: 1)])
                for _ in 0..<10 { try await desk.create(TicketContent(subject: "A test", groupID: group, skills: needs)) }
            }
            for _ in 0..<10 { try await pass(desk) }
            let untold = try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE told_reason = 'unroutable_untold'")
            #expect(untold > EnqueueMail.burst)
            _ = try await desk.directory.updateGroup(group, in: desk.tenant.id) { AgentGroupContent(name: $0.name, headAgentID: head) }
            for _ in 0..<10 { try await pass(desk) }
            while try await desk.fire().claimed > 0 {}
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE NOT is_digest") == EnqueueMail.burst)
            let digests = try await desk.database.sql(
                """
                SELECT o.payload->'to'->>0, (SELECT count(*) FROM docket.mail_notice n WHERE n.digest_id = o.id), o.next_attempt_at > docket.now()
                FROM docket.outbox o WHERE o.is_digest
                """
            )
            #expect(digests == [[desk.address(head), "\(untold - EnqueueMail.burst)", "t"]])
        }
    }

    @Test("An unroutable ticket is an event for the feed and for webhooks, with nobody to call, too; who is named later is called then")
    func nobodyToCall() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let head = try await desk.tenant.addAgent(isOnline: false)
            let group = try await desk.addGroup(head: head)
            try await addBystander(desk)
            try await desk.database.sql(
                """
                UPDATE docket.agent_group SET head_agent_id = NULL;
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.org', '{ticket.unroutable}', '\\x00', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create(TicketContent(subject: "A test", groupID: group))
            let other = try await desk.create()
            for _ in 0..<2 {
                try await pass(desk)
                #expect(try await desk.fire().claimed == 0)
            }
            for ticket in [id, other] {
                let events = try await desk.history(of: ticket)
                #expect(events.dropFirst().map(\.payload) == [.unroutable(TicketEvent.Unroutable(queueID: desk.tenant.queue))])
                #expect(events.last?.actor == .dispatcher)
                #expect(Ticket.replay(events) == (try await desk.ticket(ticket)))
                // Its place in the queue goes with it.
                let entry = "SELECT count(*) FROM docket.routing_entry r JOIN docket.ticket t ON t.id = r.ticket_id AND t.version = r.ticket_version"
                #expect(try await desk.number("\(entry) WHERE t.id = '\(ticket)'") == 1)
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'webhook' AND event_seq = 2") == 2)
            try await desk.database.sql(
                "UPDATE docket.agent_group SET head_agent_id = '\(head)'; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            for _ in 0..<2 {
                try await pass(desk)
                _ = try await desk.fire()
            }
            #expect(try await desk.mailboxes() == [desk.address(head)])
            // And the other, once the tenant has a fallback contact.
            try await desk.database.sql("UPDATE docket.tenant_configuration SET fallback_email = 'duty@example.com', version = version + 1")
            for _ in 0..<2 {
                try await pass(desk)
                _ = try await desk.fire()
            }
            #expect(try await desk.mailboxes() == [desk.address(head), "duty@example.com"].sorted())
            for ticket in [id, other] { #expect(try await desk.kinds(of: ticket).filter { $0 == "ticket.unroutable" }.count == 1) }
        }
    }
}
