public import Domain
import Postgres

extension Database {
    /// Looks for queues to route in, one page a call, in one round trip.
    ///
    /// - Parameter position: ``RoutingDiscovery/next`` of the page before; nil begins.
    /// - Throws: ``StoreError``.
    public func discoverRouting(_ scope: RoutingDiscovery.Scope = .all, after position: RoutingLane?) async throws -> RoutingDiscovery {
        var unit = PostgresUnit()
        let signalled = unit.add(SignalledLanes(after: position, limit: RoutingDiscovery.pageLimit))
        let steps = scope == .all ? (due: unit.add(LanesWithStepsDue()), next: unit.add(UntilNextStep())) : nil
        do {
            let result = try await client.run(unit)
            let page = try result.rows(signalled)
            // Later pages would only repeat the due ones.
            let dueLanes = position == nil ? try steps.map { try result.rows($0.due) } ?? [] : []
            return RoutingDiscovery(
                scope: scope,
                lanes: page + dueLanes,
                next: page.count < RoutingDiscovery.pageLimit ? nil : page.last,
                untilNextStep: try steps.flatMap { try result.first($0.next) ?? nil }
            )
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }

    /// How many tickets wait for an agent (counting stops at 100,000), and for how many microseconds the oldest has waited.
    ///
    /// - Throws: ``StoreError``.
    public func routingBacklog() async throws -> (waiting: Int, oldestAge: Int64) {
        guard let row = try await runGlobal(RoutingBacklog()).first else { return (0, 0) }
        return (row.waiting, row.oldestAge)
    }
}

private struct LanesWithStepsDue: Statement {
    static let sql = "SELECT tenant_id, queue_id, plan_weight FROM docket.steps_due(docket.now(), 1000)"

    static func decode(_ row: RowView) throws(DecodeError) -> RoutingLane {
        let lane = try SignalledLanes.decode(row)
        return RoutingLane(tenant: lane.tenant, queue: lane.queue, weight: lane.weight, isStepDue: true)
    }
}

private struct UntilNextStep: Statement {
    static let sql = "SELECT (extract(epoch FROM docket.next_step_at() - docket.now()) * 1000000)::bigint"

    static func decode(_ row: RowView) throws(DecodeError) -> Int64? {
        try row.decodeOptional(Int64.self, at: 0)
    }
}

private struct RoutingBacklog: Statement {
    struct Row: Sendable {
        let waiting: Int
        let oldestAge: Int64
    }

    static let sql = """
        SELECT waiting, coalesce((extract(epoch FROM docket.now() - oldest) * 1000000)::bigint, 0) FROM docket.backlog() WHERE kind = 'routing'
        """

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(waiting: Int(try row.decode(Int64.self, at: 0)), oldestAge: try row.decode(Int64.self, at: 1))
    }
}
