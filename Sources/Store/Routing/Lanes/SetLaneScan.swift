public import Domain
public import Postgres

/// Stores how far a queue's classes were looked through; for the holder of its lane.
public struct SetLaneScan: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.routing_lane SET class_after = $3, class_until = $4 WHERE tenant_id = $1 AND queue_id = $2"
    let tenant: TenantID
    let queue: QueueID
    let scan: LaneScan

    public init(tenant: TenantID, queue: QueueID, scan: LaneScan) {
        self.tenant = tenant
        self.queue = queue
        self.scan = scan
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(scan.after)
        binder.append(scan.until)
    }
}
