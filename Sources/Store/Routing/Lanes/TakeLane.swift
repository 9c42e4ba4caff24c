public import Domain
public import Postgres

/// Begins a pass over a queue: locks its lane, takes the signals that are visible, and reads the clock.
///
/// The lane's lock keeps two dispatchers from working on one queue, and a crash releases it by itself (routing.md E). Signals are taken before
/// anything else is read, in a statement of its own: whatever a signal speaks of was committed with it, so the statements after this one see it.
/// Those name the queue by ``HeldLane``, which this one sets: last, behind all in it that may read that setting itself.
public struct TakeLane: Statement {
    public struct Row: Sendable {
        /// By `docket.now()`, for every decision of the pass.
        public let now: Timestamp
        /// Whether this transaction holds the lane.
        public let isHeld: Bool
        /// Whether the queue has a lane at all; see ``CreateLane``.
        public let exists: Bool
        /// How many signals were taken.
        public let signals: Int
        /// As stored; see ``SetLaneLook``.
        public let lookAt: Timestamp?
        /// As stored; see ``SetLaneLook``.
        public let secondLookAt: Timestamp?
        /// As stored; see ``SetLaneScan``.
        public let scan: LaneScan
        /// As stored, see ``SetFollowing``: after how many seconds the queue's entries move on; 0 where they stay, nil where not all were written since an edit.
        public let overflowSeconds: Int?
        /// Of the tenant's configuration, in the snapshot in which the signals were taken: what a signal asks for is to be judged by no older one.
        public let configurationVersion: Int64
    }

    /// The most signals taken at a time: a pass stays short however many there are.
    public static let signalLimit = 2_000

    public static let sql: String = sql(of: .given)

    static func sql(of lane: LaneTerms) -> String {
        """
        WITH lane AS MATERIALIZED (
            SELECT l.queue_id, l.look_at, l.second_look_at, l.class_after, l.class_until, l.overflow_seconds FROM docket.routing_lane l
            WHERE l.tenant_id = \(lane.tenant) AND l.queue_id = \(lane.queue) FOR UPDATE SKIP LOCKED
        ), taken AS (
            DELETE FROM docket.routing_signal s
            WHERE s.tenant_id = \(lane.tenant) AND s.queue_id = \(lane.queue) AND s.id = ANY (ARRAY(
                SELECT x.id FROM docket.routing_signal x
                WHERE x.tenant_id = \(lane.tenant) AND x.queue_id = (SELECT lane.queue_id FROM lane) ORDER BY x.id LIMIT \(signalLimit)))
            RETURNING 1
        )
        SELECT docket.now(), EXISTS (SELECT FROM lane),
            EXISTS (SELECT FROM docket.routing_lane l WHERE l.tenant_id = \(lane.tenant) AND l.queue_id = \(lane.queue)), (SELECT count(*) FROM taken),
            (SELECT lane.look_at FROM lane), (SELECT lane.second_look_at FROM lane), (SELECT lane.class_after FROM lane),
            (SELECT lane.class_until FROM lane), (SELECT nullif(lane.overflow_seconds, -1) FROM lane),
            coalesce((SELECT c.version FROM docket.tenant_configuration c WHERE c.tenant_id = \(lane.tenant)), 0),
            set_config('\(HeldLane.queueSetting)', coalesce((SELECT lane.queue_id::text FROM lane), ''), true)
        """
    }

    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            now: try columns.next(),
            isHeld: try columns.next(),
            exists: try columns.next(),
            signals: Int(try columns.next(Int64.self)),
            lookAt: try columns.nextOptional(),
            secondLookAt: try columns.nextOptional(),
            scan: LaneScan(after: try columns.nextOptional(), until: try columns.nextOptional()),
            overflowSeconds: try columns.nextOptional(Int32.self).map(Int.init),
            configurationVersion: try columns.next()
        )
    }
}

/// ``TakeLane`` for the queue that a look has found in the same transaction (``FindLane``); holds none, where that did not find exactly one.
package struct TakeFoundLane: Statement {
    package static let sql = TakeLane.sql(of: .found)

    package static func decode(_ row: RowView) throws(DecodeError) -> TakeLane.Row {
        try TakeLane.decode(row)
    }
}

/// Makes the lane of a queue that has none yet; does nothing where there is no such queue.
public struct CreateLane: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_lane (tenant_id, queue_id) SELECT q.tenant_id, q.id FROM docket.queue q WHERE q.tenant_id = $1 AND q.id = $2
        ON CONFLICT (tenant_id, queue_id) DO NOTHING
        """
    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }
}
