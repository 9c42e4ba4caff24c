public import Domain
public import Postgres

/// Stores when a queue opens, so that it is looked at then; nil while it is open. Needs the queue's lane.
public struct SetOpening: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_lane SET opens_at = $3 WHERE tenant_id = $1 AND queue_id = $2 AND opens_at IS DISTINCT FROM $3
        """
    let tenant: TenantID
    let queue: QueueID
    let opensAt: Timestamp?

    public init(tenant: TenantID, queue: QueueID, opensAt: Timestamp?) {
        self.tenant = tenant
        self.queue = queue
        self.opensAt = opensAt
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(opensAt)
    }
}
