import Domain
import Postgres

/// One page of the queues with signals, over all tenants.
struct SignalledLanes: Statement {
    static let sql = "SELECT tenant_id, queue_id, plan_weight FROM docket.lanes_to_route($1, $2, $3)"
    let after: RoutingLane?
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(after?.tenant ?? TenantID.lowest)
        binder.append(after?.queue ?? QueueID.lowest)
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> RoutingLane {
        var columns = ColumnReader(row)
        return RoutingLane(tenant: try columns.next(), queue: try columns.next(), weight: Int(try columns.next(Int32.self)))
    }
}
