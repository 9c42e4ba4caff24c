public import Domain
public import Postgres

/// Stores when a queue is worth a look although nothing happens; for the holder of its lane.
public struct SetLaneLook: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_lane SET look_at = $3, second_look_at = $4 WHERE tenant_id = $1 AND queue_id = $2
        """
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp?
    let second: Timestamp?

    /// - Parameters:
    ///   - time: nil where nothing but an event can let somebody be assigned.
    ///   - second: when the look is due that follows a pass that was asked for; passes before then keep it. Nil where none is due.
    public init(tenant: TenantID, queue: QueueID, time: Timestamp?, second: Timestamp?) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
        self.second = second
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
        binder.append(second)
    }
}
