public import Domain
public import Postgres

/// Notes how far a queue's entries were written anew; for the holder of its lane.
public struct SetFollowing: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_lane SET overflow_seconds = coalesce($3, overflow_seconds), follow_rank_at = $4, follow_eligible_at = $5,
            follow_ticket_id = $6, follow_settled = $7
        WHERE tenant_id = $1 AND queue_id = $2
        """
    let tenant: TenantID
    let queue: QueueID
    let seconds: Int?
    let place: EntryPlace?
    let isSettled: Bool

    /// - Parameters:
    ///   - seconds: after how many all entries move on; 0 where they stay, nil where that cannot be said of all yet.
    ///   - place: the last entry that was looked at; nil where it begins anew.
    ///   - isSettled: as in ``TakeFollowing/Row/isSettled``.
    public init(tenant: TenantID, queue: QueueID, seconds: Int?, place: EntryPlace?, isSettled: Bool) {
        self.tenant = tenant
        self.queue = queue
        self.seconds = seconds
        self.place = place
        self.isSettled = isSettled
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(seconds.map { Int32(clamping: $0) })
        binder.append(place?.rankAt)
        binder.append(place?.eligibleAt)
        binder.append(place?.ticket)
        binder.append(isSettled)
    }
}

/// Says that a queue is worth a look, unless somebody has said it already: a second signal would begin the look through its classes anew (``LaneScan``).
public struct SignalQuietQueue: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
        SELECT $1, $2, $3::uuid WHERE NOT EXISTS (SELECT FROM docket.routing_signal s WHERE s.tenant_id = $1 AND s.queue_id = $2)
        """
    let tenant: TenantID
    let queue: QueueID
    let id: ID<SignalQueue>

    public init(tenant: TenantID, queue: QueueID, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.queue = queue
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(id)
    }
}
