import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Policies that tell waiting from assigned: the clocks follow what a dispatcher does in its own transaction, as they follow every command (sla.md, Timers).
@Suite struct AssignedClocksTests {
    private static func resolution(pausedIn state: String) -> String {
        #"{"name":"P","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","state":"\#(state)"}]}"#
    }

    @Test("Paused while it waits: the clock runs from the assignment on, and fires when it is due")
    func pausedWhileWaiting() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "waiting_assignment"))
            let id = try await desk.create()
            #expect(try await desk.timer(.resolution, of: id).state == .paused)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE next_fire_at IS NULL AND state = 'paused'") == 1)
            try await desk.advance(by: 600)
            _ = try await desk.tenant.addAgent()
            let report = try await desk.pass()
            #expect(report.assigned.map(\.ticket) == [id] && report.refused == 0)
            try await desk.expectClocks(of: id)
            let due = try await desk.assignedAt(id).adding(microseconds: 3_600_000_000)
            let timer = try await desk.timer(.resolution, of: id)
            #expect(timer.state == .running && timer.consumed == 0 && timer.dueAt == due)
            let row = try #require(try await desk.timerRows(of: id).first)
            #expect(row.state == "running" && row.dueAt == due && row.nextFireAt == timer.breachAt && row.nextFireAt != nil)
            try await desk.expectNoFinding()
            try await desk.advance(by: 3_000)
            #expect(try await desk.breaches(of: id) == 0)
            try await desk.advance(by: 601)
            #expect(try await desk.breaches(of: id) == 1)
            try await desk.expectNoFinding()
        }
    }

    @Test("Paused once it is assigned: it fires no more until somebody begins")
    func pausedWhileAssigned() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "assigned"))
            let id = try await desk.create()
            #expect(try await desk.timer(.resolution, of: id).state == .running)
            try await desk.advance(by: 600)
            let agent = try await desk.tenant.addAgent()
            _ = try await desk.pass()
            try await desk.expectClocks(of: id)
            let paused = try await desk.timer(.resolution, of: id)
            #expect(paused.state == .paused && paused.consumed >= 600_000_000)
            #expect(try await desk.timerRows(of: id).map(\.nextFireAt) == [nil])
            try await desk.expectNoFinding()
            try await desk.advance(by: 10_000)
            #expect(try await desk.breaches(of: id) == 0)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .inProgress)
            try await desk.expectClocks(of: id)
            let running = try await desk.timer(.resolution, of: id)
            let left = 3_600_000_000 - paused.consumed
            #expect(running.dueAt == running.runningSince?.adding(microseconds: left))
        }
    }

    @Test("A promise that was broken before anybody noticed starts its plan with the assignment that records it (features.md A3.16)")
    func startsPlans() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "assigned"))
            try await desk.database.sql(
                """
                INSERT INTO docket.playbook (tenant_id, id, name, trigger, steps, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'Late', 'breached', '[{"title":"one"},{"title":"two"}]', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            var ids: [TicketID] = []
            for _ in 0..<2 {
                let new = NewTicket(content: TicketContent(subject: "A test", description: "Everything is kept."), priority: .p3)
                guard case .done(let change) = try await desk.commands.create(new, in: desk.tenant.id, by: .system) else { throw UseCaseError.busy }
                ids.append(change.after.id)
            }
            try await desk.advance(by: 4_000)
            _ = try await desk.tenant.addAgent()
            #expect(Set(try await desk.pass().assigned.map(\.ticket)) == Set(ids))
            for id in ids {
                try await desk.expectClocks(of: id)
                #expect(try await desk.history(of: id).suffix(2).map(\.payload.kind) == ["sla.breached", "ticket.change_reported"])
                #expect(try await desk.number("SELECT count(*) FROM docket.ticket_task WHERE ticket_id = '\(id)'") == 2)
                #expect(try await desk.breaches(of: id) == 1)
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket_task") == 4)
            try await desk.expectNoFinding()
        }
    }

    /// All metrics, those of groups and stages too, with clocks that the conversation starts: given out, given back, given out again, and taken back from who is gone.
    @Test("Every metric follows what dispatchers do", arguments: ["waiting_assignment", "assigned"])
    func everyMetric(_ state: String) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let targets = SLAMetric.allCases.map { #"{"metric":"\#($0.rawValue)","seconds":7200,"mode":"calendar"}"# }.joined(separator: ",")
            let pauses = SLAMetric.allCases.map { #"{"metric":"\#($0.rawValue)","state":"\#(state)"}"# }.joined(separator: ",")
            try await desk.tenant.addPolicy(#"{"name":"P","targets":[\#(targets)],"pauses":[\#(pauses)],"warnings":[{"percent":50}]}"#)
            var content = TicketContent(subject: "A test")
            content.groupID = try await desk.addGroup()
            let outcome = try await desk.commands.create(NewTicket(content: content, priority: .p3), in: desk.tenant.id, by: .system)
            guard case .done(let created) = outcome else { throw UseCaseError.busy }
            let id = created.after.id
            let first = try await desk.tenant.addAgent()
            try await desk.advance(by: 60)
            #expect(try await desk.pass().assigned.map(\.agent) == [first])
            try await desk.expectClocks(of: id)

            // An answer and another question start the clocks of the conversation.
            try await desk.say(in: id, by: .agent(first))
            try await desk.say(in: id, by: .requester(nil))
            _ = try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(first)), reason: "Not mine.")
            try await desk.expectClocks(of: id)
            let metrics = Set(try await desk.ledger(of: id).promised.filter { $0.endedAt == nil }.map(\.metric))
            #expect(metrics == Set(SLAMetric.allCases).subtracting([.firstResponse]))

            let second = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: second, lease: 60)
            try await desk.advance(by: 30)
            #expect(try await desk.pass().assigned.map(\.agent) == [second])
            try await desk.expectClocks(of: id)
            let isPaused = state == "assigned"
            for timer in try await desk.ledger(of: id).promised where timer.endedAt == nil {
                #expect(timer.state == (isPaused ? .paused : .running), "\(timer.metric)")
            }

            try await desk.advance(by: 121)
            #expect(try await AbsentAgents(environment: desk.dispatcher, failures: .recorded).run() == 1)
            #expect(try await desk.ticket(id).state == .waitingAssignment)
            try await desk.expectClocks(of: id)
            for timer in try await desk.ledger(of: id).promised where timer.endedAt == nil {
                #expect(timer.state == (isPaused ? .running : .paused), "\(timer.metric)")
            }
            try await desk.expectNoFinding()
        }
    }

    @Test("A policy that asks for the state is chosen with the assignment, also for a ticket without clocks, and told to endpoints")
    func chosenByState() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            let early = try await desk.create()
            try await desk.tenant.addPolicy(
                #"""
                {"name":"P","conditions":{"field":"state","op":"equals","value":"assigned"},
                    "targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}
                """#
            )
            let late = try await desk.create()
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, event_types, created_at, updated_at) VALUES
                    ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com/all', '\\x00', '{}', now(), now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            #expect(try await desk.pass().assigned.count == 2)
            for id in [early, late] {
                try await desk.expectClocks(of: id)
                let history = try await desk.history(of: id)
                #expect(history.map(\.payload.kind) == ["ticket.created", "ticket.assigned", "ticket.state_changed", "sla.policy_changed"])
                #expect(history.last?.actor == .system && history.last?.version == 2)
                let timer = try await desk.timer(.resolution, of: id)
                #expect(timer.state == .running && timer.dueAt == timer.startedAt.adding(microseconds: 3_600_000_000))
                #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE ticket_id = '\(id)' AND event_seq > 1") == 3)
            }
            try await desk.expectNoFinding()
            #expect(!(try await desk.pass().hasMore))
        }
    }

    @Test("A cancel condition that asks for the state cancels with the assignment")
    func cancelledByState() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.tenant.addPolicy(
                #"""
                {"name":"P","cancel_conditions":[{"field":"state","op":"equals","value":"assigned"}],
                    "targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}
                """#
            )
            let id = try await desk.create()
            #expect(try await desk.timer(.resolution, of: id).state == .running)
            _ = try await desk.pass()
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).cancellation == .condition)
            #expect(try await desk.timerRows(of: id).map(\.nextFireAt) == [nil])
            try await desk.expectNoFinding()
        }
    }

    @Test("A policy for who has the ticket is chosen with the assignment, and left when it is given back")
    func chosenByAssignee() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.tenant.addPolicy(
                #"""
                {"name":"P","conditions":{"field":"assignee_id","op":"equals","value":"\#(agent)"},
                    "targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}
                """#
            )
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).state == .running)
            try await desk.expectNoFinding()
            _ = try await desk.commands.giveBack(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), reason: "Not mine.")
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).cancellation == .noPolicy)
            try await desk.expectNoFinding()
        }
    }

    /// The batch reads tickets without their descriptions where it can.
    @Test("A policy for what the description says stays that of a ticket whose clocks follow its assignment")
    func chosenByDescription() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.tenant.addPolicy(
                #"""
                {"name":"P","conditions":{"field":"description","op":"contains","value":"printer"},
                    "targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","state":"assigned"}]}
                """#
            )
            let content = TicketContent(subject: "A test", description: "The Printer is on fire.")
            guard case .done(let change) = try await desk.commands.create(NewTicket(content: content, priority: .p3), in: desk.tenant.id, by: .system)
            else { throw UseCaseError.busy }
            let id = change.after.id
            #expect(try await desk.pass().assigned.count == 1)
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).state == .paused)
            #expect(try await desk.history(of: id).map(\.payload.kind) == ["ticket.created", "ticket.assigned", "ticket.state_changed"])
            try await desk.expectNoFinding()
        }
    }

    @Test("What was overdue before the assignment is recorded with it, once")
    func overdueBefore() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "assigned"))
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.advance(by: 4_000)
            _ = try await desk.pass()
            try await desk.expectClocks(of: id)
            let breach = try #require(try await desk.history(of: id).last)
            #expect(breach.payload.kind == "sla.breached" && breach.sequence == 4)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 1)
            #expect(try await desk.breaches(of: id) == 1)
            try await desk.expectNoFinding()
        }
    }

    /// Also where the clock stands still, an assignment lies behind the ticket's last event.
    @Test func atOneInstant() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "waiting_assignment"))
            _ = try await desk.tenant.addAgent()
            try await desk.database.freezeClock()
            desk.api.clock.invalidate()
            let id = try await desk.create()
            _ = try await desk.pass()
            let times = try await desk.history(of: id).map(\.at)
            #expect(times.count == 3 && times[1] == times[0].adding(microseconds: 1) && times[2] == times[1])
            try await desk.expectClocks(of: id)
        }
    }

    @Test("The doctor finds clocks that missed an assignment, and makes them again")
    func missed() async throws {
        try await RoutingDesk.with { desk in
            try await desk.tenant.addPolicy(Self.resolution(pausedIn: "waiting_assignment"))
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let before = try await desk.value("SELECT document FROM docket.sla_ledger")
            _ = try await desk.pass()
            try await desk.database.sql(
                """
                UPDATE docket.sla_ledger SET document = '\(before)';
                UPDATE docket.sla_timer SET state = 'paused', next_fire_at = NULL, due_at = NULL, breach_at = NULL;
                """
            )
            let found = try await desk.findings()
            #expect(found.filter { $0.check == .histories }.map(\.status) == [.problem])
            var options = DoctorOptions()
            options.skipped = Set(DoctorCheck.allCases).subtracting([.histories, .timers])
            try await desk.database.withEnvironment(role: "docket_migrate", connections: 2) { [options] environment in
                _ = try await Doctor(environment: environment, options: options).repair()
            }
            try await desk.expectClocks(of: id)
            try await desk.expectNoFinding()
        }
    }
}

extension RoutingDesk {
    fileprivate func addGroup() async throws -> GroupID {
        let group: GroupID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.agent_group (tenant_id, id, name, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(group)', '\(group)', docket.now(), docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return group
    }

    func say(in ticket: TicketID, by author: TicketMessage.Author) async throws {
        let actor: Actor = if case .agent(let agent) = author { .agent(agent) } else { .system }
        _ = try await commands.addMessage(TicketRequest(ticket, in: tenant.id, by: actor), visibility: .public, author: author, body: "Hello")
    }
}
