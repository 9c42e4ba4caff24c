import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Two queues share an agent: what another pass or a person gave him between a pass's reading and its commit counts (routing.md E).
@Suite struct GuardRetryTests {
    /// What bounds the agent, and what he gets meanwhile.
    struct Bound: Sendable, CustomTestStringConvertible {
        let columns: String
        let delta: Int
        var isWrapUp = false

        var testDescription: String { columns }
    }

    @Test(
        "A ticket that the guard refused for what its agent got meanwhile is given to somebody else",
        arguments: [
            Bound(columns: "rate_assignments = 1, rate_minutes = 10", delta: 1), Bound(columns: "wrap_up_seconds = 60", delta: 0, isWrapUp: true),
            Bound(columns: "ramp_up_seconds = 3600", delta: 1), Bound(columns: "capacity = 2", delta: 2),
        ]
    )
    func givenToSomebodyElse(_ bound: Bound) async throws {
        try await RoutingDesk.with { desk in
            let (first, other) = (try await desk.tenant.addAgent(capacity: 10), try await desk.tenant.addAgent(capacity: 10))
            // The first is asked for first: the other has more to do.
            try await desk.database.sql(
                """
                UPDATE docket.agent_load SET \(bound.columns) WHERE agent_id = '\(first)';
                UPDATE docket.agent_load SET load = 5 WHERE agent_id = '\(other)';
                """
            )
            let id = try await desk.create()
            let change = AdjustLoads.Change(
                agent: first,
                channel: .api,
                delta: bound.delta,
                wasAssigned: !bound.isWrapUp,
                hasFinished: bound.isWrapUp
            )
            var unit = TenantUnit(desk.tenant.id)
            unit.add(AdjustLoads(tenant: desk.tenant.id, changes: [change], time: try await desk.api.clock.now()))
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await desk.pass() }
                try await desk.eventually("the pass waits for the agent's row") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                return pass
            }
            let report = try await pass.value
            #expect(report.assigned.isEmpty && report.refused == 1 && report.hasMore)
            #expect(try await desk.ticket(id).isWaitingForAgent)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
        }
    }
}
