public import Domain
public import Postgres

/// Writes anew when waiting tickets of a queue move on, after the queue was told to send them on after another time or not at all; for the holder of its
/// lane. So many at a time; that all are done is noted with the lane by the call that finds none, once no command is left that decides by an older configuration: the
/// entry that it makes would not be looked at.
public struct FollowOverflow: Statement {
    public struct Row: Sendable {
        /// How many had another time, as far as they were looked for.
        public let found: Int
        /// How many of them were written. A row that somebody works on is left for the next time.
        public let written: Int
    }

    /// The most at a time.
    public static let limit = 2_000

    /// A ticket that has left the queue this way before stays, and its entry has no time.
    public static let sql = """
        WITH stale AS MATERIALIZED (
            SELECT r.ticket_id FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND CASE
                WHEN $3 = 0 THEN r.overflow_at IS NOT NULL
                WHEN r.overflow_at IS NOT NULL THEN r.overflow_at <> r.eligible_at + $3 * interval '1 second'
                ELSE NOT \(hasLeft) END
            LIMIT \(limit)
        ), written AS (
            UPDATE docket.routing_entry r SET overflow_at = \(movesAt), next_step_at = least(\(movesAt),
                CASE WHEN r.next_step_at IS DISTINCT FROM r.overflow_at THEN r.next_step_at ELSE (
                    SELECT min(r.eligible_at + s.after * interval '1 second') FROM unnest($4::bigint[]) AS s (after)
                    WHERE r.eligible_at + s.after * interval '1 second' > $5) END)
            WHERE r.tenant_id = $1 AND r.ticket_id = ANY (ARRAY(
                SELECT d.ticket_id FROM docket.routing_entry d
                WHERE d.tenant_id = $1 AND d.queue_id = $2 AND d.ticket_id = ANY (ARRAY(SELECT s.ticket_id FROM stale s))
                ORDER BY d.ticket_id FOR UPDATE SKIP LOCKED))
            RETURNING 1
        ), noted AS (
            UPDATE docket.routing_lane SET overflow_seconds = $3 WHERE tenant_id = $1 AND queue_id = $2 AND NOT EXISTS (SELECT FROM stale)
                AND docket.configuration_is_settled($1, $6)
        )
        SELECT (SELECT count(*) FROM stale), (SELECT count(*) FROM written)
        """
    private static let hasLeft = """
        EXISTS (SELECT FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = r.ticket_id AND $2 = ANY (t.overflowed_from))
        """
    private static let movesAt = "(CASE WHEN $3 > 0 AND NOT \(hasLeft) THEN r.eligible_at + $3 * interval '1 second' END)"
    let tenant: TenantID
    let queue: QueueID
    let seconds: Int
    let starts: [Int64]
    let time: Timestamp
    let version: Int64

    /// - Parameters:
    ///   - seconds: after how many they move on; 0 where they stay.
    ///   - schedule: the queue's relaxation steps, whose times count beside.
    ///   - time: of the pass.
    ///   - version: of the configuration that says so.
    public init(tenant: TenantID, queue: QueueID, seconds: Int, schedule: RelaxationSchedule, time: Timestamp, version: Int64) {
        self.version = version
        self.time = time
        self.tenant = tenant
        self.queue = queue
        self.seconds = seconds
        starts = schedule.steps.map { Int64($0.afterSeconds) }
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(Int32(clamping: seconds))
        binder.append(starts)
        binder.append(time)
        binder.append(version)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(found: Int(try row.decode(Int64.self, at: 0)), written: Int(try row.decode(Int64.self, at: 1)))
    }
}
