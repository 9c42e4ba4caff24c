import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Chains of escalation levels that warnings and breaches start (sla.md, Escalation chains).
@Suite struct EscalationTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],
        "pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    private func level(_ targets: String, timeout: Int, actions: String = #"["notify"]"#) -> String {
        #"{"targets":[\#(targets)],"timeout":\#(timeout),"mode":"wall","condition":"not_acked","actions":\#(actions)}"#
    }

    private func chain(_ levels: String..., repeats: Int = 0, ttl: Int? = nil) -> String {
        let ttl = ttl.map { #","ack_ttl":\#($0)"# } ?? ""
        return #"{"version":1,"levels":[\#(levels.joined(separator: ","))],"repeats":\#(repeats)\#(ttl)}"#
    }

    private func agent(_ id: AgentID) -> String { #"{"type":"agent","id":"\#(id)"}"# }

    /// Outcome, and seconds after the breach, of everything that the runs did.
    private func steps(_ desk: SchedulerDesk) async throws -> [String] {
        try await desk.database.sql(
            """
            SELECT f.outcome || ' ' || extract(epoch FROM f.scheduled_for - r.started_at)::int FROM docket.escalation_firing f
            JOIN docket.escalation_run r ON r.id = f.run_id ORDER BY f.scheduled_for, f.round, f.level, f.outcome
            """
        ).map { $0[0] }
    }

    @Test("A run whose row says an earlier time than its document, as one of an earlier version may, is put right, not found again and again")
    func staleTime() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let agent = agent(try await desk.tenant.addAgent())
            try await desk.addChain(chain(level(agent, timeout: 1_800), level(agent, timeout: 1_800)))
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let planned = try await desk.value("SELECT next_fire_at FROM docket.escalation_run")
            try await desk.database.sql("UPDATE docket.escalation_run SET next_fire_at = docket.now() - interval '1 second'")
            _ = try await desk.fire()
            #expect(try await desk.value("SELECT next_fire_at FROM docket.escalation_run") == planned)
            #expect(try await steps(desk) == ["fired 0"])
        }
    }

    @Test("Levels fire at their scheduled times, repeat, and end with an event (rules 2 and 7)")
    func schedule() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let agent = agent(try await desk.tenant.addAgent())
            try await desk.addChain(
                chain(level(agent, timeout: 1_800), level(agent, timeout: 3_600), level(agent, timeout: 3_600), repeats: 1)
            )
            let id = try await desk.create()
            // The scheduler is always some minutes late; that must not add up.
            try await desk.advance(by: 3_600 + 120)
            for _ in 0..<45 {
                _ = try await desk.fire()
                try await desk.advance(by: 420)
            }
            #expect(
                try await steps(desk) == [
                    "fired 0", "fired 1800", "fired 5400", "fired 9000", "fired 10800", "fired 14400", "exhausted 18000",
                ]
            )
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "exhausted")
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'mail'") == 6)
            #expect(try await desk.kinds(of: id).filter { $0 == "escalation.fired" }.count == 7)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("After downtime all overdue levels fire in order, once, marked late (rule 6)")
    func downtime() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let agent = agent(try await desk.tenant.addAgent())
            try await desk.addChain(chain(level(agent, timeout: 1_800), level(agent, timeout: 3_600)))
            let id = try await desk.create()
            try await desk.advance(by: 3_600 + 2_000)
            let report = try await desk.fire()
            #expect(report.breaches == 1 && report.escalations[.fired] == 2)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_firing WHERE late") == 2)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.breached", "escalation.fired", "escalation.fired"])
            #expect(try await desk.fire().claimed == 0)
        }
    }

    @Test("An empty level is skipped at once, inactive agents are nobody, and a round without anybody asks for the fallback once (rule 3)")
    func nobody() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let gone = try await desk.tenant.addAgent()
            try await desk.database.sql("UPDATE docket.agent SET active = false WHERE id = '\(gone)'")
            try await desk.addChain(
                chain(level(agent(gone), timeout: 600), level(#"{"type":"assignee"},{"type":"supervisor"}"#, timeout: 600), repeats: 1)
            )
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await steps(desk) == ["skipped_empty 0", "fallback 0", "skipped_empty 0"])
            try await desk.advance(by: 10_000)
            _ = try await desk.fire()
            #expect(
                try await steps(desk) == [
                    "skipped_empty 0", "fallback 0", "skipped_empty 0", "skipped_empty 1200", "skipped_empty 1200", "exhausted 2400",
                ]
            )
        }
    }

    @Test("A group, its head and an address are told, each person once")
    func people() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let head = try await desk.tenant.addAgent()
            let member = try await desk.tenant.addAgent()
            let group: GroupID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.agent_group (tenant_id, id, name, head_agent_id, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(group)', 'Field', '\(head)', docket.now(), docket.now());
                INSERT INTO docket.group_member (tenant_id, group_id, agent_id)
                    VALUES ('\(desk.tenant.id)', '\(group)', '\(head)'), ('\(desk.tenant.id)', '\(group)', '\(member)');
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.addChain(
                chain(
                    level(
                        #"""
                        {"type":"supervisor"},{"type":"group","id":"\#(group)"},{"type":"group_head","id":"\#(group)"},
                        {"type":"email","address":"a@example.com"}
                        """#,
                        timeout: 600
                    )
                )
            )
            let id = try await desk.create(TicketContent(subject: "A\ntest", groupID: group))
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let mails = Set(try await desk.database.sql("SELECT payload->'to'->>0 FROM docket.outbox WHERE kind = 'mail'").map { $0[0] })
            #expect(mails == ["\(head)@example.com", "\(member)@example.com", "a@example.com"])
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'mail'") == 3)
            guard case .escalated(let escalated) = try await desk.history(of: id).last?.payload else {
                Issue.record("no escalation")
                return
            }
            #expect(Set(escalated.notified) == [head, member])
        }
    }

    @Test("A level reassigns the ticket and raises its priority, and everything that follows is kept in step")
    func actions() async throws {
        try await SchedulerDesk.with(
            policy: #"""
                {"name":"P","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},
                {"metric":"resolution","seconds":36000,"mode":"calendar"},{"metric":"resolution","priority":2,"seconds":1800,"mode":"calendar"}]}
                """#
        ) { desk in
            let former = try await desk.tenant.addAgent()
            let next = try await desk.tenant.addAgent(capacity: 0)
            try await desk.addChain(chain(level(agent(next), timeout: 600, actions: #"["reassign","raise_priority","notify"]"#)))
            let id = try await desk.create(TicketContent(subject: "A test", priority: .p3, weight: 2))
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: former)
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == next && ticket.isOverCapacity)
            #expect(ticket.content.priority == .p2)
            #expect(try await desk.number("SELECT load FROM docket.agent_load WHERE agent_id = '\(former)'") == 0)
            #expect(try await desk.number("SELECT load FROM docket.agent_load WHERE agent_id = '\(next)'") == 2)
            // The new priority's target had passed: its breach is recorded with the change, and starts its own run.
            #expect(
                try await desk.kinds(of: id).suffix(5) == [
                    "sla.breached", "escalation.fired", "ticket.assigned", "ticket.updated", "sla.breached",
                ]
            )
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 2)
            try await desk.expectHistoryRebuilds(id)
            _ = try await desk.fire()
            #expect(try await desk.ticket(id).content.priority == .p1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Of a ticket that a level raises the weight follows, with its agent's load or in its queue")
    func raisedWeight() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let weights = #"[{"conditions":[{"field":"priority","op":"equals","value":2}],"weight":3}]"#
            try await desk.database.sql("UPDATE docket.queue SET weights = '\(weights)'")
            let agent = try await desk.tenant.addAgent(capacity: 2)
            try await desk.addChain(chain(level(self.agent(agent), timeout: 600, actions: #"["raise_priority"]"#)))
            let (waiting, held) = (try await desk.create(), try await desk.create())
            _ = try await desk.commands.assign(TicketRequest(held, in: desk.tenant.id, by: .system), to: agent)
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.ticket(waiting).content.weight == 3)
            #expect(try await desk.number("SELECT weight FROM docket.routing_entry WHERE ticket_id = '\(waiting)'") == 3)
            #expect(try await desk.ticket(held).content.weight == 3)
            #expect(try await desk.number("SELECT load FROM docket.agent_load WHERE agent_id = '\(agent)'") == 3)
            for ticket in [waiting, held] { try await desk.expectHistoryRebuilds(ticket) }
        }
    }

    @Test("A waiting ticket that a level assigns leaves its queue")
    func assignedOutOfTheQueue() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let next = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(next), timeout: 600, actions: #"["reassign"]"#)))
            let id = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.ticket(id).state == .assigned)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry") == 0)
            #expect(try await desk.number("SELECT load FROM docket.agent_load") == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox") == 0)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A paused timer holds its run with what is left of the wait, and resuming goes on there (rule 4)")
    func pause() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 1_800), level(agent(person), timeout: 1_800)))
            let id = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress)
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            try await desk.advance(by: 600)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .waitingCustomer)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "held")
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "running")
            try await desk.advance(by: 1_100)
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 150)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Solving ends the run; nothing of it fires any more", arguments: [TicketState.resolved, .closed])
    func end(target: TicketState) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 1_800), level(agent(person), timeout: 1_800)))
            let id = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            if target == .closed { _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .closed) }
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "ended")
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
        }
    }

    @Test("Solving ends the run of a first response, too, which it does not stop")
    func endOfFirstResponse() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 36_000), level(agent(person), timeout: 1_800)))
            let id = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "ended")
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress)
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().escalations.isEmpty)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Who acknowledged a warning has not acknowledged the breach: it calls anew; a run that the breach found live goes on")
    func acknowledgedWarning() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 36_000)))
            let ids = [try await desk.create(), try await desk.create()]
            try await desk.advance(by: 1_801)
            #expect(try await desk.fire().escalations[.fired] == 2)
            #expect(try await desk.acknowledge(ids[0]) == 1)
            try await desk.advance(by: 1_800)
            #expect(try await desk.fire().escalations[.fired] == 1)
            let states = "SELECT trigger, state FROM docket.escalation_run WHERE ticket_id = '\(ids[0])' ORDER BY started_at"
            #expect(try await desk.database.sql(states).map { $0[1] } == ["ended", "running"])
            #expect(try await desk.value("SELECT state FROM docket.escalation_run WHERE ticket_id = '\(ids[1])'") == "running")
            for id in ids { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("An acknowledgement stops the levels for the unacknowledged; with a TTL the next one fires when it lapses (rule 4)")
    func acknowledgement() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 1_800), level(agent(person), timeout: 1_800), ttl: 7_200))
            let id = try await desk.create()
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            #expect(try await desk.acknowledge(id) == 1)
            try await desk.advance(by: 7_100)
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 200)
            #expect(try await desk.fire().escalations[.fired] == 1)
        }
    }

    @Test("An acknowledgement without TTL ends it for good, and a foreign ticket is not found")
    func acknowledgementForGood() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 1_800), level(agent(person), timeout: 1_800)))
            let id = try await desk.create()
            #expect(try await desk.acknowledge(id) == 0)
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            #expect(try await desk.acknowledge(id) == 1)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "acknowledged")
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
            await #expect(throws: UseCaseError.self) {
                try await desk.commands.acknowledgeEscalation(TicketRequest(id, in: IdentifierSource().next(), by: .system))
            }
        }
    }

    @Test("A breach that a command discovers starts the chain too; the warning's live run is not doubled by the breach (rule 1)")
    func discovered() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(chain(level(agent(person), timeout: 86_400)))
            let id = try await desk.create()
            try await desk.advance(by: 1_801)
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 1)
            #expect(try await desk.fire().escalations[.fired] == 1)
            try await desk.advance(by: 1_801)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("An endpoint that a level names hears of it whatever it subscribed to, once")
    func endpoint() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let endpoint: WebhookEndpointID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', '\(endpoint)', 'https://example.com', '{ticket.closed}', '\\x00', docket.now(), docket.now());
                """
            )
            try await desk.addChain(chain(level(#"{"type":"webhook","id":"\#(endpoint)"}"#, timeout: 600, actions: #"["webhook"]"#)))
            try await desk.create()
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE endpoint_id = '\(endpoint)'") == 1)
        }
    }
}
