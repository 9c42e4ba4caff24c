public import Domain
import Postgres

extension Database {
    /// Looks for receivers to deliver to, one page a call, in one round trip.
    ///
    /// - Parameter position: ``DeliveryDiscovery/next`` of the page before, or any lane; nil begins.
    /// - Throws: ``StoreError``.
    public func discoverDeliveries(after position: DeliveryLane?) async throws -> DeliveryDiscovery {
        var unit = PostgresUnit()
        let due = unit.add(LanesToDeliver(after: position))
        let wait = unit.add(UntilNextDelivery())
        do {
            let result = try await client.run(unit)
            let lanes = try result.rows(due)
            return DeliveryDiscovery(
                lanes: lanes,
                next: lanes.count < DeliveryDiscovery.pageLimit ? nil : lanes.last?.lane,
                untilNext: try result.first(wait) ?? nil
            )
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }

    /// How many rows wait in the outbox (counting stops at 100,000), and for how many microseconds the oldest is overdue.
    ///
    /// - Throws: ``StoreError``.
    public func deliveryBacklog() async throws -> (waiting: Int, overdue: Int64) {
        guard let row = try await runGlobal(DeliveryBacklog()).first else { return (0, 0) }
        return (row.waiting, row.overdue)
    }
}

private struct LanesToDeliver: Statement {
    static let sql = """
        SELECT l.tenant_id, l.lane, l.due_at < n.at - interval '\(DueLane.behindAfterSeconds) seconds'
        FROM (SELECT docket.now() AS at OFFSET 0) n, docket.lanes_to_deliver(n.at, $1, $2, $3) l
        """
    let after: DeliveryLane?

    func bind(into binder: inout Binder) {
        binder.append(after?.tenant ?? TenantID(high: 0, low: 0))
        binder.append(after?.key ?? DeliveryLane.mailKey)
        binder.append(Int32(DeliveryDiscovery.pageLimit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> DueLane {
        DueLane(
            DeliveryLane(tenant: try row.decode(TenantID.self, at: 0), key: try row.decode(WebhookEndpointID.self, at: 1)),
            isBehind: try row.decode(Bool.self, at: 2)
        )
    }
}

private struct UntilNextDelivery: Statement {
    static let sql = "SELECT (extract(epoch FROM docket.next_delivery_at(n.at) - n.at) * 1000000)::bigint FROM (SELECT docket.now() AS at OFFSET 0) n"

    static func decode(_ row: RowView) throws(DecodeError) -> Int64? {
        try row.decodeOptional(Int64.self, at: 0)
    }
}

private struct DeliveryBacklog: Statement {
    struct Row: Sendable {
        let waiting: Int
        let overdue: Int64
    }

    static let sql = """
        SELECT waiting, greatest(coalesce((extract(epoch FROM docket.now() - oldest) * 1000000)::bigint, 0), 0) FROM docket.backlog() WHERE kind = 'outbox'
        """

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(waiting: Int(try row.decode(Int64.self, at: 0)), overdue: try row.decode(Int64.self, at: 1))
    }
}
