import Domain
import Postgres
import Store
import TestSupport
import Testing
import UseCases

/// Clocks of many tickets at once, what a pass asks for them, and what dispatchers do beside assigning.
@Suite struct AssignedClocksBatchTests {
    /// Paused in a state, or nowhere that matters to dispatchers.
    private static func policy(pausedIn state: String = "on_hold") -> String {
        #"{"name":"P","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","state":"\#(state)"}]}"#
    }

    @Test("Where somebody was quicker with one ticket of a batch, its clocks are his to write")
    func refused() async throws {
        try await RoutingDesk.with { desk in
            try await desk.tenant.addPolicy(Self.policy(pausedIn: "waiting_assignment"))
            let agent = try await desk.tenant.addAgent()
            let ids = try await desk.create(many: 4)
            let held = ids[1]
            let before = try await desk.value("SELECT l.document::text || l.xmin FROM docket.sla_ledger l WHERE ticket_id = '\(held)'")
            var unit = TenantUnit(desk.tenant.id)
            unit.add(LockTicket(tenant: desk.tenant.id, ticket: held))
            try await desk.api.database.transaction(unit) { _, _ in
                let report = try await desk.pass()
                #expect(report.refused == 1 && Set(report.assigned.map(\.ticket)) == Set(ids).subtracting([held]))
            }
            #expect(try await desk.value("SELECT l.document::text || l.xmin FROM docket.sla_ledger l WHERE ticket_id = '\(held)'") == before)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE state = 'paused' AND ticket_id = '\(held)'") == 1)
            for id in ids { try await desk.expectClocks(of: id) }
            _ = try await desk.commands.assign(TicketRequest(held, in: desk.tenant.id, by: .system), to: agent)
            #expect(try await desk.pass().assigned.isEmpty)
            for id in ids {
                try await desk.expectClocks(of: id)
                #expect(try await desk.timer(.resolution, of: id).state == .running)
            }
            try await desk.expectNoFinding()
        }
    }

    @Test("Where agents have room for some only, the others' clocks stand as they did")
    func noRoom() async throws {
        try await RoutingDesk.with { desk in
            try await desk.tenant.addPolicy(Self.policy(pausedIn: "waiting_assignment"))
            let agent = try await desk.tenant.addAgent(capacity: 3)
            let ids = try await desk.create(many: 3)
            // He has three in hand of which the pass does not know: what it read is older than the row that the guard locks.
            var unit = TenantUnit(desk.tenant.id)
            let change = AdjustLoads.Change(agent: agent, channel: .api, delta: 2)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: Timestamp(microseconds: 0)))
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await desk.pass() }
                try await desk.eventually("the pass waits for the agent's row") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                return pass
            }
            let report = try await pass.value
            #expect(report.assigned.count == 1 && report.refused == 2)
            for id in ids {
                try await desk.expectClocks(of: id)
                let isAssigned = report.assigned.contains { $0.ticket == id }
                #expect(try await desk.timer(.resolution, of: id).state == (isAssigned ? .running : .paused))
            }
            try await desk.expectNoFinding()
        }
    }

    @Test("Of several policies only the clocks of that are written which the assignment concerns")
    func mixed() async throws {
        try await RoutingDesk.with { desk in
            let urgent = #""conditions":{"field":"priority","op":"equals","value":1},"name":"P""#
            try await desk.tenant.addPolicy(Self.policy(pausedIn: "waiting_assignment").replacing(#""name":"P""#, with: urgent))
            try await desk.tenant.addPolicy(Self.policy())
            _ = try await desk.tenant.addAgent(capacity: 10)
            let ids = [try await desk.create(priority: .p1), try await desk.create(), try await desk.create(priority: .p1), try await desk.create()]
            let before = try await desk.versions()
            #expect(try await desk.pass().assigned.count == 4)
            let written = try await desk.versions().filter { before[$0.key] != $0.value }.keys
            #expect(Set(written) == [ids[0].description, ids[2].description])
            for id in [ids[0], ids[2]] { try await desk.expectClocks(of: id) }
            try await desk.expectNoFinding()
        }
    }

    @Test("Where no policy tells waiting from assigned, nothing more is asked; where one does, as much for many tickets as for one")
    func statements() async throws {
        try await TestDatabase.with { database in
            try await database.withEnvironment { api in
                // One connection: what it has executed is what the pass has.
                try await database.withEnvironment(role: "docket_dispatcher", connections: 1) { dispatcher in
                    func executed(policy: String?, tickets: Int) async throws -> [String: Int] {
                        let tenant = try await TestTenant.make(in: database)
                        if let policy { try await tenant.addPolicy(policy) }
                        _ = try await tenant.addAgent(capacity: 100)
                        let desk = RoutingDesk(database: database, tenant: tenant, api: api, dispatcher: dispatcher)
                        for _ in 0..<tickets { try await desk.create() }
                        _ = try await dispatcher.configurations.configuration(of: tenant.id)
                        let before = try await desk.executions()
                        #expect(try await desk.pass().assigned.count == tickets)
                        return try await desk.executions().merging(before) { $0 - $1 }.filter { $0.value > 0 }
                    }
                    let bare = try await executed(policy: nil, tickets: 3)
                    #expect(bare.values.reduce(0, +) >= 6)
                    #expect(try await executed(policy: Self.policy(), tickets: 3) == bare)
                    #expect(try await executed(policy: Self.policy(pausedIn: "in_progress"), tickets: 20) == bare)
                    let one = try await executed(policy: Self.policy(pausedIn: "waiting_assignment"), tickets: 1)
                    let few = try await executed(policy: Self.policy(pausedIn: "waiting_assignment"), tickets: 2)
                    let many = try await executed(policy: Self.policy(pausedIn: "waiting_assignment"), tickets: 20)
                    #expect(few == many)
                    // One alone is written by a statement of its own.
                    #expect(one.values.reduce(0, +) == few.values.reduce(0, +))
                    let more = few.merging(bare) { $0 - $1 }.filter { $0.value != 0 }
                    // Tickets with their clocks, their runs; clocks and rows.
                    #expect(more.count == 4 && more.values.allSatisfy { $0 == 1 }, "\(more.keys.map { $0.prefix(60) })")
                }
            }
        }
    }

    @Test("An offer changes no clock; whoever takes it starts it, and one that nobody takes does not")
    func offers() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.policy(pausedIn: "waiting_assignment"))
            try await desk.database.sql(
                "UPDATE docket.queue SET offer_seconds = 60, no_taker = 'assign'; UPDATE docket.tenant_configuration SET version = version + 1;"
            )
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let id = try await desk.create()
            #expect(try await desk.pass().offered == 1)
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).state == .paused)
            try await desk.advance(by: 61)
            #expect(try await Offers(environment: desk.dispatcher).endDue(failures: .recorded) == 1)
            try await desk.expectClocks(of: id)
            let other = try await desk.tenant.addAgent(capacity: 1)
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            _ = try await desk.commands.acceptOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(other)), by: other)
            try await desk.expectClocks(of: id)
            let due = try await desk.assignedAt(id).adding(microseconds: 3_600_000_000)
            #expect(try await desk.timer(.resolution, of: id).dueAt == due)

            // What nobody took in all rounds is given without being asked.
            let last = try await desk.create()
            try await desk.database.sql(
                "UPDATE docket.ticket SET offer_round = 3 WHERE id = '\(last)'; UPDATE docket.routing_entry SET offer_round = 3"
            )
            let report = try await desk.pass()
            #expect(report.assigned.map(\.agent) == [agent] && report.offered == 0)
            #expect(try await desk.ledger(of: last) == desk.rebuiltLedger(of: last))
            #expect(try await desk.timer(.resolution, of: last).state == .running)
            try await desk.expectNoFinding()
        }
    }

    @Test("A ticket that moves on to another queue goes by that queue's policy at once, and is given out by it")
    func overflow() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let second = try await desk.addOverflow(after: 600)
            let there = #""conditions":{"field":"queue_id","op":"equals","value":"\#(second)"},"name":"P""#
            try await desk.tenant.addPolicy(Self.policy(pausedIn: "waiting_assignment").replacing(#""name":"P""#, with: there))
            let id = try await desk.create()
            try await desk.advance(by: 601)
            _ = try await desk.pass(isStepDue: true)
            try await desk.expectClocks(of: id)
            #expect(try await desk.ticket(id).content.queueID == second)
            #expect(try await desk.timer(.resolution, of: id).state == .paused)
            let agent = try await desk.tenant.addAgent()
            try await desk.database.sql("UPDATE docket.queue_member SET queue_id = '\(second)'")
            #expect(try await desk.passes.run(second, of: desk.tenant.id, limit: 10).assigned.map(\.agent) == [agent])
            try await desk.expectClocks(of: id)
            #expect(try await desk.timer(.resolution, of: id).state == .running)
            try await desk.expectNoFinding()
        }
    }

    @Test("A ticket without clocks that moves on leaves the chain of the queue where it waited behind")
    func overflowWithRuns() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let second = try await desk.addOverflow(after: 600)
            let chain: EscalationChainID = IdentifierSource().next()
            let level = #"{"targets":[{"type":"agent","id":"\#(chain)"}],"timeout":600,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
            try await desk.database.sql(
                """
                INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(chain)', 'Chain', '{"version":1,"levels":[\(level)],"repeats":0}', docket.now(), docket.now());
                UPDATE docket.queue SET escalations = '[{"trigger":"unassigned","after_seconds":3600,"chain_id":"\(chain)","mode":"wall"}]';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            try await desk.advance(by: 601)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).content.queueID == second)
            let live = "state IN ('running', 'held', 'acknowledged')"
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE \(live)") == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE NOT (\(live))") == 1)
        }
    }
}

/// How often a connection has executed which of Docket's statements.
private struct ListExecutions: Statement {
    typealias Row = (sql: String, count: Int64)
    static let sql = "SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%docket.%'"

    func bind(into binder: inout Binder) {}

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        (try row.decode(String.self, at: 0), try row.decode(Int64.self, at: 1))
    }
}

extension RoutingDesk {
    /// By the dispatcher's only connection.
    fileprivate func executions() async throws -> [String: Int] {
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(ListExecutions())
        let rows = try await dispatcher.database.run(unit).rows(handle)
        return Dictionary(rows.map { ($0.sql, Int($0.count)) }, uniquingKeysWith: +)
    }

    /// Which transaction has written a ticket's clocks last.
    fileprivate func versions() async throws -> [String: String] {
        let rows = try await database.sql("SELECT ticket_id, xmin FROM docket.sla_ledger")
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }

    /// A second queue, to which the tickets of the first move on.
    fileprivate func addOverflow(after seconds: Int) async throws -> QueueID {
        let second: QueueID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(second)', 'Second', docket.now(), docket.now());
            INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(tenant.id)', '\(second)');
            UPDATE docket.queue SET overflow_queue_id = '\(second)', overflow_after_seconds = \(seconds) WHERE id = '\(self.tenant.queue)';
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return second
    }
}
