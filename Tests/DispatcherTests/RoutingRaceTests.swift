import Store
import TestSupport
import Testing
import UseCases

@testable import Domain

/// What must hold however passes, people and crashes interleave (routing.md, concurrency examples; design.md I2, I3, I5, I10).
@Suite(.serialized) struct RoutingRaceTests {
    /// Eight dispatchers, 1,000 tickets, 50 agents: the sum of loads is the number of assignments, and nobody is over capacity.
    @Test func eightDispatchersNeverExceedACapacity() async throws {
        try await RoutingDesk.with(connections: 8) { desk in
            for number in 0..<50 { _ = try await desk.tenant.addAgent(capacity: 5 + number % 30) }
            let capacity = try await desk.number("SELECT sum(capacity) FROM docket.agent_load")
            let ids = try await desk.create(many: 1_000)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var assigned = 0
                        var idle = 0
                        while idle < 3 {
                            let report = try await desk.pass(limit: 10 + worker * 7)
                            assigned += report.assigned.count
                            idle = report.hasMore || report.isLaneBusy || !report.assigned.isEmpty ? 0 : idle + 1
                        }
                        return assigned
                    }
                }
                let assigned = try await group.reduce(0, +)
                #expect(assigned == min(capacity, ids.count))
            }
            try await expectConsistency(desk, ids)
            #expect(try await desk.waitingCount() == ids.count - min(capacity, ids.count))
        }
    }

    /// The lanes keep dispatchers apart; with them out of the way, the guard alone must hold.
    @Test func theGuardHoldsWithoutLanes() async throws {
        try await RoutingDesk.with(connections: 8) { desk in
            for _ in 0..<10 { _ = try await desk.tenant.addAgent(capacity: 6) }
            // Every ticket may be assigned through either of two queues' lanes; both queues share the agents.
            let second = try await addQueue(to: desk)
            let ids = try await desk.create(many: 120)
            try await desk.database.sql(
                """
                WITH moved AS (UPDATE docket.ticket SET queue_id = '\(second)' WHERE number % 2 = 0 RETURNING id)
                UPDATE docket.routing_entry r SET queue_id = '\(second)' FROM moved WHERE r.ticket_id = moved.id
                """
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        for _ in 0..<40 {
                            _ = try await desk.passes.run(worker % 2 == 0 ? desk.tenant.queue : second, of: desk.tenant.id, limit: 4)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let loads = try await desk.loads()
            #expect(loads.stored == 60 && loads.recomputed == 60 && loads.overCapacity == 0)
            #expect(try await desk.waitingCount() == ids.count - 60)
        }
    }

    @Test func twoDispatchersAndOneFreeSlotGiveOneAssignment() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 1)
            let second = try await addQueue(to: desk)
            let one = try await desk.create()
            let other = try await desk.create()
            try await desk.database.sql(
                """
                UPDATE docket.ticket SET queue_id = '\(second)' WHERE id = '\(other)';
                UPDATE docket.routing_entry SET queue_id = '\(second)' WHERE ticket_id = '\(other)';
                """
            )
            async let first = desk.pass()
            async let last = desk.passes.run(second, of: desk.tenant.id, limit: 10)
            let (left, right) = try await (first, last)
            #expect(left.assigned.count + right.assigned.count == 1)
            try await expectConsistency(desk, [one, other], queues: false)
        }
    }

    /// A human's assignment wins over routing, whichever comes first; nobody's is lost (design.md I2).
    @Test func manualAssignmentsRaceWithPasses() async throws {
        try await RoutingDesk.with { desk in
            let boss = try await desk.tenant.addAgent(capacity: 1_000, isOnline: false)
            for _ in 0..<5 { _ = try await desk.tenant.addAgent(capacity: 100) }
            let ids = try await desk.create(many: 100)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for id in ids { _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: boss) }
                }
                group.addTask {
                    while try await desk.waitingCount() > 0 { _ = try await desk.pass(limit: 7) }
                }
                try await group.waitForAll()
            }
            let assigned = try await desk.number("SELECT count(*) FROM docket.ticket WHERE assignee_id = '\(boss)'")
            #expect(assigned == ids.count)
            try await expectConsistency(desk, ids)
        }
    }

    /// Somebody works on the ticket at the very moment: the pass does not wait for him, and comes back.
    @Test func aLockedTicketIsLeftAlone() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            var first = TenantUnit(desk.tenant.id)
            first.add(LockTicket(tenant: desk.tenant.id, ticket: id))
            try await desk.api.database.transaction(first) { _, _ in
                let report = try await desk.pass()
                #expect(report.assigned.isEmpty)
                #expect(report.refused == 1)
                #expect(report.hasMore && report.isStalled)
            }
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
        }
    }

    @Test func aLockedLaneIsReported() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.create()
            var first = TenantUnit(desk.tenant.id)
            first.add(TakeLane(tenant: desk.tenant.id, queue: desk.tenant.queue))
            try await desk.dispatcher.database.transaction(first) { _, _ in
                let report = try await desk.pass()
                #expect(report.isLaneBusy && report.assigned.isEmpty)
            }
        }
    }

    /// The agent is full when the statement begins, and has room when it gets his row: the room is taken, and the load says so.
    @Test func roomThatIsMadeMeanwhileIsTakenAndCounted() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            let id = try await desk.create()
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: agent, channel: .api, delta: -1)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            let claimed = try await desk.api.database.transaction(unit) { _, _ in
                let claimed = Task { try await commit(id, to: agent, on: desk) }
                try await desk.eventually("the statement waits for the agent's row") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                return claimed
            }
            #expect(try await claimed.value == [id])
            #expect(try await desk.number("SELECT load FROM docket.agent_load") == 1)
        }
    }

    @Test("Who frees an agent cannot see a ticket that is created meanwhile, and its pass cannot see him: the queue is looked at once more")
    func freedBesideACreate() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: agent, channel: .api, delta: -1)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            unit.add(SignalQueuesOfAgents(tenant: desk.tenant.id, agents: [agent], id: IdentifierSource().next()))
            let id = try await desk.api.database.transaction(unit) { _, _ in
                let id = try await desk.create()
                #expect(try await desk.pass().assigned.isEmpty)
                return id
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 0)
            let discovery = { try await desk.passes.discover(.all, after: nil) }
            #expect(try await discovery().lanes.isEmpty)
            #expect(try await (5_000_000...10_000_000).contains(discovery().untilNextStep ?? 0))
            try await desk.advance(by: 10)
            let lanes = try await discovery().lanes
            #expect(lanes.map(\.queue) == [desk.tenant.queue] && lanes.allSatisfy(\.isStepDue))
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.ticket) == [id])
        }
    }

    @Test("A pass for another reason before the second look leaves it due, also where time brought that pass; after it nothing is left")
    func otherPassesBeforeTheSecondLook() async throws {
        try await RoutingDesk.with(steps: #"[{"after":3,"tier":1}]"#, hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: agent, channel: .api, delta: -1)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            let second = "SELECT ceil(extract(epoch FROM second_look_at - docket.now())) FROM docket.routing_lane"
            let (id, due) = try await desk.api.database.transaction(unit) { _, _ in
                let id = try await desk.create()
                #expect(try await desk.pass().assigned.isEmpty)
                let due = try await desk.number(second)
                #expect((5...10).contains(due))
                // As where a shift begins before it.
                try await desk.database.sql("UPDATE docket.routing_lane SET look_at = docket.now() + interval '2 seconds'")
                try await desk.advance(by: 4)
                #expect(try await desk.pass(isStepDue: true).assigned.isEmpty)
                #expect(try await desk.number(second) == due - 4)
                return (id, due)
            }
            let discovery = { try await desk.passes.discover(.all, after: nil) }
            #expect(try await discovery().lanes.isEmpty)
            try await desk.advance(by: Double(due - 4))
            #expect(try await discovery().lanes.map(\.queue) == [desk.tenant.queue])
            // Nobody is asked a third time.
            try await desk.database.sql("UPDATE docket.agent_load SET capacity = 0")
            #expect(try await desk.pass(isStepDue: true).assigned.isEmpty)
            let pending = "SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL OR second_look_at IS NOT NULL"
            #expect(try await desk.number(pending) == 0)
            try await desk.database.sql("UPDATE docket.agent_load SET capacity = 1")
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
        }
    }

    @Test("A queue in which tickets stay is looked at once more, not for ever, whatever its order", arguments: [false, true])
    func oneFurtherLook(isByDeadline: Bool) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            if isByDeadline {
                try await desk.database.sql(
                    """
                    UPDATE docket.queue SET order_by = 'deadline', default_target_seconds = 5000;
                    UPDATE docket.tenant_configuration SET version = version + 1;
                    """
                )
            }
            _ = try await desk.tenant.addAgent(capacity: 1)
            for _ in 0..<2 { try await desk.create() }
            // No ticket is made after the pass, by the clock of whoever made it.
            try await desk.advance(by: 1)
            #expect(try await desk.pass().assigned.count == 1)
            try await desk.advance(by: 10)
            #expect(try await desk.passes.discover(.all, after: nil).lanes.count == 1)
            let second = try await desk.pass(isStepDue: true)
            #expect(second.assigned.isEmpty && !second.hasMore)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL") == 0)
            #expect(try await desk.passes.discover(.all, after: nil).lanes.isEmpty)
        }
    }

    private func commit(_ ticket: TicketID, to agent: AgentID, on desk: RoutingDesk) async throws -> [TicketID] {
        let time = Timestamp(microseconds: 0)
        let planned = PlannedAssignment(
            assignment: RoutingAssignment(ticket: ticket, agent: agent, weight: 1, step: 0, assignedAt: time),
            version: 1,
            rank: ""
        )
        let batch = AssignmentBatch(
            tenant: desk.tenant.id,
            queue: desk.tenant.queue,
            assignments: [planned],
            time: time,
            signal: IdentifierSource().next(),
            hasMore: false
        )
        return try await desk.dispatcher.database.accept(batch)
    }

    /// The dispatcher dies between its claim and its commit: the ticket is queued, the load unchanged, the signal back.
    @Test func aKilledBackendLeavesNothingBehind() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            var first = TenantUnit(desk.tenant.id)
            first.add(TakeLane(tenant: desk.tenant.id, queue: desk.tenant.queue))
            let planned = PlannedAssignment(
                assignment: RoutingAssignment(ticket: id, agent: agent, weight: 1, step: 0, assignedAt: Timestamp(microseconds: 0)),
                version: 1,
                rank: ""
            )
            await #expect(throws: StoreError.self) {
                try await desk.dispatcher.database.transaction(first) { transaction, _ in
                    var statements = StatementList()
                    let batch = AssignmentBatch(
                        tenant: desk.tenant.id,
                        queue: desk.tenant.queue,
                        assignments: [planned],
                        time: Timestamp(microseconds: 0),
                        signal: IdentifierSource().next(),
                        hasMore: false
                    )
                    let claim = AssignmentCommit(batch, to: &statements)
                    #expect(try claim.accepted(in: try await transaction.run(statements)) == [id])
                    try await desk.database.sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_dispatcher' AND datname = current_database() AND state = 'idle in transaction'"
                    )
                    _ = try await transaction.commit(StatementList())
                }
            }
            #expect(try await desk.ticket(id).isWaitingForAgent)
            #expect(try await desk.loads().stored == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.history(of: id).count == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
        }
    }

    private func addQueue(to desk: RoutingDesk) async throws -> QueueID {
        let queue: QueueID = IdentifierSource().next()
        try await desk.database.sql(
            """
            INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at) VALUES ('\(desk.tenant.id)', '\(queue)', 'Second', now(), now());
            INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(queue)');
            INSERT INTO docket.queue_member SELECT tenant_id, '\(queue)', agent_id, tier FROM docket.queue_member;
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return queue
    }

    /// I3 and I5: loads add up, and replaying each history rebuilds its row.
    private func expectConsistency(_ desk: RoutingDesk, _ ids: [TicketID], queues: Bool = true) async throws {
        let loads = try await desk.loads()
        #expect(loads.stored == loads.recomputed)
        #expect(loads.overCapacity == 0)
        let misplaced = try await desk.number(
            """
            SELECT count(*) FROM docket.ticket t
            WHERE (t.state = 'waiting_assignment') <> EXISTS (SELECT FROM docket.routing_entry r WHERE r.ticket_id = t.id)
            """
        )
        #expect(misplaced == 0)
        guard queues else { return }
        for id in ids {
            let replayed = Ticket.replay(try await desk.history(of: id))
            #expect(try await desk.ticket(id) == replayed)
        }
    }
}
