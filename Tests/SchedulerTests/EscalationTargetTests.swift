import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Whom levels call and what they do beside telling people (sla.md, Escalation chains, rule 3).
@Suite struct EscalationTargetTests {
    private static let policy = #"{"name":"P","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}"#

    @Test("Who is on call is asked when the level fires; an override holds then")
    func rota() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let first = try await desk.tenant.addAgent()
            let second = try await desk.tenant.addAgent()
            let standIn = try await desk.tenant.addAgent()
            let rota = try await desk.addRota([first, second])
            try await desk.addChain(
                desk.chain(desk.level(#"{"type":"rota","id":"\#(rota)"}"#, timeout: 86_400, condition: "not_resolved"), repeats: 2)
            )
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let one = try await desk.mailboxes()
            try await desk.advance(by: 86_400)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [desk.address(first), desk.address(second)].sorted())
            #expect(one.count == 1)
            let now = try await desk.value("SELECT to_char(docket.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
            let override = #"[{"from":"\#(now)","to":"2100-01-01T00:00:00Z","agent_id":"\#(standIn)"}]"#
            try await desk.database.sql(
                """
                UPDATE docket.on_call_rota SET definition = definition || '{"overrides":\(override)}';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.advance(by: 86_400)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes().contains(desk.address(standIn)))
        }
    }

    @Test("The manager of whoever has the ticket by then is called, also of one whom a level before gave it to")
    func manager() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let owner = try await desk.tenant.addAgent()
            let manager = try await desk.tenant.addAgent()
            let director = try await desk.tenant.addAgent()
            try await desk.database.sql(
                """
                UPDATE docket.agent SET manager_id = '\(manager)' WHERE id = '\(owner)';
                UPDATE docket.agent SET manager_id = '\(director)' WHERE id = '\(manager)';
                """
            )
            let level = desk.level(#"{"type":"manager"}"#, actions: #"["notify","reassign"]"#)
            try await desk.addChain(desk.chain(level, level))
            let id = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: owner)
            try await desk.advance(by: 3_600 + 601)
            // Both are due: the second is that of the first one's new owner.
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [desk.address(manager), desk.address(director)].sorted())
            #expect(try await desk.ticket(id).assigneeID == director)
            // An inactive manager is nobody.
            try await desk.database.sql("UPDATE docket.agent SET active = false WHERE id = '\(director)'")
            let other = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(other, in: desk.tenant.id, by: .system), to: manager)
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.skippedEmpty] == 2)
        }
    }

    @Test("Of all whom a level names so many are told as may be, the first in the order of its targets, and its event says that there are more")
    func tooMany() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (first, second) = (GroupID(high: 1, low: 1), GroupID(high: 1, low: 2))
            func group(_ id: GroupID, _ count: Int) -> String {
                """
                INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                    SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(id)', '\(id)' || n || '@example.com', now(), now() FROM generate_series(1, \(count)) n;
                INSERT INTO docket.group_member (tenant_id, group_id, agent_id)
                    SELECT tenant_id, '\(id)', id FROM docket.agent WHERE name = '\(id)';
                """
            }
            try await desk.database.sql("SET session_replication_role = replica;" + group(first, 1_500) + group(second, 600))
            let targets = [first, second].map { #"{"type":"group","id":"\#($0)"}"# }
            try await desk.addChain(desk.chain(desk.level(targets[0], targets[1]), desk.level(targets[0])))
            let id = try await desk.create()
            try await desk.advance(by: 3_601 + 600)
            _ = try await desk.fire()
            let levels = try await desk.history(of: id).compactMap { event in
                if case .escalated(let level) = event.payload { level } else { nil }
            }
            #expect(levels.map(\.notified.count) == [EscalationLevel.maximumRecipients, 1_500])
            #expect(levels.map(\.isCut) == [true, nil])
            let told = Set(levels[0].notified)
            #expect(Set(levels[1].notified).isSubset(of: told))
        }
    }

    @Test("A level lets people follow, who hear of the next; each once")
    func followers() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let watcher = try await desk.tenant.addAgent()
            let follower = try await desk.tenant.addAgent()
            let called = try await desk.tenant.addAgent()
            try await desk.addChain(
                desk.chain(
                    desk.level(desk.target(watcher), actions: #"["add_follower"]"#),
                    desk.level(desk.target(called), actions: #"["add_follower","notify"]"#),
                    desk.level(desk.target(watcher), actions: #"["add_follower","notify"]"#)
                )
            )
            let id = try await desk.create()
            _ = try await desk.commands.follow(TicketRequest(id, in: desk.tenant.id, by: .system), agent: follower)
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [])
            try await desk.advance(by: 600)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [watcher, follower, called].map(desk.address).sorted())
            guard
                case .escalated(let escalated) = try await desk.history(of: id).first(where: {
                    if case .escalated(let fired) = $0.payload { fired.level == 1 } else { false }
                })?.payload
            else {
                Issue.record("no escalation")
                return
            }
            #expect(Set(escalated.notified) == [watcher, follower, called])
            // Who works here no more follows, and hears of nothing.
            try await desk.database.sql("UPDATE docket.agent SET active = false WHERE id = '\(follower)'")
            try await desk.advance(by: 600)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes().count == 5)
            guard case .escalated(let last) = try await desk.history(of: id).last(where: { $0.payload.kind == "escalation.fired" })?.payload else {
                Issue.record("no escalation")
                return
            }
            #expect(Set(last.notified) == [watcher, called])
            let kinds = try await desk.kinds(of: id)
            #expect(kinds.filter { $0 == "ticket.follower_added" }.count == 3)
            let followers = try await TicketQueries(environment: desk.api).followers(of: id, in: desk.tenant.id, limit: 10)
            #expect(Set(followers.map(\.agent)) == [watcher, follower, called])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A level asks for a flow: an event that webhooks hear")
    func flow() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com', '{flow.start_requested}', '\\x00', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.addChain(desk.chain(desk.level(desk.target(person), actions: #"["start_flow"]"#, flow: "calm the customer")))
            let id = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let last = try #require(try await desk.history(of: id).last)
            guard case .verb(.flowStartRequested(let request)) = last.payload else {
                Issue.record("no flow was asked for")
                return
            }
            #expect(request.flow == "calm the customer" && request.level == 0 && last.actor == .scheduler)
            #expect(
                try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'webhook' AND event_seq = \(last.sequence)") == 1
            )
            #expect(try await desk.mailboxes() == [])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A round without anybody tells the fallback contact, once (rule 3)")
    func fallback() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            try await desk.database.sql(
                "UPDATE docket.tenant_configuration SET fallback_email = 'duty@example.com', version = version + 1"
            )
            try await desk.addChain(desk.chain(desk.level(#"{"type":"assignee"}"#), desk.level(#"{"type":"manager"}"#), repeats: 2))
            try await desk.create()
            try await desk.advance(by: 3_600 + 10_000)
            let report = try await desk.fire()
            #expect(report.escalations[.skippedEmpty] == 6 && report.escalations[.fallback] == 1 && report.escalations[.exhausted] == 1)
            #expect(try await desk.mailboxes() == ["duty@example.com"])
        }
    }

    @Test("A run goes on with its own copy of the chain (rule 5)")
    func snapshot() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let first = try await desk.tenant.addAgent()
            let second = try await desk.tenant.addAgent()
            let chain = try await desk.addChain(desk.chain(desk.level(desk.target(first)), desk.level(desk.target(first))))
            try await desk.create()
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            try await desk.database.sql(
                """
                UPDATE docket.escalation_chain SET definition = '\(desk.chain(desk.level(desk.target(second), timeout: 5)))' WHERE id = '\(chain)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.advance(by: 10)
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 590)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [desk.address(first), desk.address(first)])
        }
    }

    @Test("Reassigning is no acknowledgement (rule 4)")
    func reassignment() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person)), desk.level(desk.target(person))))
            let id = try await desk.create()
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
            try await desk.advance(by: 600)
            #expect(try await desk.fire().escalations[.fired] == 1)
        }
    }

    @Test(
        "A level gives the ticket to the first of its people who is there, and tells all; to nobody where all are away",
        arguments: [
            "agent_presence SET status = 'offline'", "agent_presence SET lease_until = docket.now()",
            "agent_presence SET shift_ends_at = docket.now()",
            "agent SET absent_from = docket.now(), absent_until = docket.now() + interval '1 day'",
        ]
    )
    func reassignedToWhoIsThere(change: String) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (head, other) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let actions = #"["notify","reassign"]"#
            try await desk.addChain(
                desk.chain(desk.level(desk.target(head), actions: actions), desk.level(desk.target(head), desk.target(other), actions: actions))
            )
            let id = try await desk.create()
            func leave(_ agent: AgentID) async throws {
                try await desk.database.sql("UPDATE docket.\(change) WHERE \(change.hasPrefix("agent ") ? "id" : "agent_id") = '\(agent)'")
            }
            try await desk.advance(by: 3_600)
            try await leave(head)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.mailboxes() == [desk.address(head)])
            let waiting = try await desk.ticket(id)
            #expect(waiting.state == .waitingAssignment && waiting.assigneeID == nil)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry") == 1)
            try await desk.advance(by: 600)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.ticket(id).assigneeID == other)
            #expect(try await desk.mailboxes().count == 3)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Of people who never signed in nobody knows that they are away: a level gives them tickets")
    func reassignedToWhoNeverSignedIn() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let head = try await desk.tenant.addAgent()
            try await desk.database.sql("DELETE FROM docket.agent_presence")
            try await desk.addChain(desk.chain(desk.level(desk.target(head), actions: #"["reassign"]"#)))
            let id = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.ticket(id).assigneeID == head)
        }
    }

    @Test("A level that takes an offer back locks the loads of both agents in the order of their ids")
    func loadsInOrder() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let agents = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()].sorted()
            let (asked, next) = (agents[0], agents[1])
            try await desk.addChain(desk.chain(desk.level(desk.target(next), actions: #"["reassign"]"#)))
            try await desk.database.sql(
                """
                UPDATE docket.agent_presence SET status = 'away' WHERE agent_id = '\(next)';
                UPDATE docket.queue SET offer_seconds = 900;
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            try await desk.advance(by: 3_500)
            try await desk.database.withEnvironment(role: "docket_dispatcher") { dispatcher in
                _ = try await RoutingPasses(environment: dispatcher).run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
            }
            #expect(try await desk.ticket(id).offer?.agentID == asked)
            try await desk.advance(by: 101)
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: asked, channel: .api, delta: 0)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            let firing = try await desk.api.database.transaction(unit) { _, _ in
                let firing = Task { try await desk.fire() }
                try await desk.eventually("the scheduler waits for the row of whoever is asked") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                // It holds no later one. Thrown from here, the refusal would only be met by another attempt.
                let row = try? await desk.database.sql("SELECT load FROM docket.agent_load WHERE agent_id = '\(next)' FOR UPDATE NOWAIT")
                #expect(row?.count == 1)
                return firing
            }
            #expect(try await firing.value.escalations[.fired] == 1)
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == next && ticket.offer == nil)
            #expect(try await desk.number("SELECT sum(load) FROM docket.agent_load") == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }
}
