public import Domain
public import Postgres

/// Claims due rows of some lanes of a tenant: leases them, counts the attempt, and returns what is to be sent.
///
/// Rows that others hold are skipped. A row whose last two claims left no record is claimed alone and only when ``takesSuspect`` is set, so that
/// one that kills the process does not take others with it.
///
/// Of each lane it takes those that have waited longest, and as many of the newest as its ``LaneRoom`` says. Where few are due the two meet in the same
/// rows, which are claimed once.
///
/// The rows are compared as pairs, found again by an array of their ids, and what belongs to them is looked up row by row, so that whatever the planner
/// believes, a claim reads its lanes' part of one index and nothing of the other lanes' backlog.
///
/// Its transaction holds the claimer's lock: whoever finds the claimer gone finds all that it claimed (decision 48).
public struct ClaimDeliveries: Statement {
    public typealias Row = ClaimedDelivery
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at, pg_try_advisory_xact_lock_shared($7)),
        suspect AS MATERIALIZED (
            SELECT o.id, o.lane FROM docket.outbox o
            WHERE $5 AND o.tenant_id = $1 AND o.unrecorded >= 2 AND o.next_attempt_at <= (SELECT at FROM clock) AND o.lane = ANY ($2)
            ORDER BY o.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ),
        room AS MATERIALIZED (
            SELECT l.lane, l.capacity - s.taken AS capacity, least(l.newest, l.capacity - s.taken) AS newest
            FROM unnest($2::uuid[], $3::int[], $6::int[]) AS l (lane, capacity, newest)
            CROSS JOIN LATERAL (SELECT count(*) AS taken FROM suspect s WHERE s.lane = l.lane) s
        ),
        picked AS MATERIALIZED (
            SELECT p.id
            FROM room l
            CROSS JOIN LATERAL (
                SELECT n.id FROM (
                    SELECT o.id FROM docket.outbox o
                    WHERE \(due)
                    ORDER BY o.lane DESC, o.next_attempt_at DESC LIMIT l.newest FOR UPDATE SKIP LOCKED
                ) n
                UNION ALL
                SELECT n.id FROM (
                    SELECT o.id FROM docket.outbox o
                    WHERE \(due)
                    ORDER BY o.lane, o.next_attempt_at LIMIT l.capacity - l.newest FOR UPDATE SKIP LOCKED
                ) n
            ) p
            LIMIT $4
        ),
        claimed AS (
            UPDATE docket.outbox o
            SET next_attempt_at = c.at + interval '\(DeliveryLease.seconds) seconds', attempts = o.attempts + 1,
                unrecorded = least(o.unrecorded + 1, 1000), lease_token = o.lease_token + 1, held_by = $7
            FROM clock c
            WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(SELECT id FROM picked UNION ALL SELECT id FROM suspect))
            RETURNING o.id, o.lease_token, o.attempts, o.unrecorded, o.created_at, c.at AS claimed_at, o.traceparent, o.tracestate, o.endpoint_id, o.payload,
                o.is_digest, o.ticket_id, o.event_seq
        )
        SELECT c.id, c.lease_token, c.attempts, c.unrecorded, c.created_at, c.claimed_at, c.traceparent, c.tracestate, c.ticket_id, c.endpoint_id,
            c.payload, c.is_digest, w.url, w.sealed_secret, ARRAY(
                SELECT s.secret FROM unnest(w.earlier_secrets, w.earlier_secrets_until) AS s (secret, until) WHERE s.until > c.claimed_at
            ), t.number, e.ticket_id, e.seq, e.at, e.version, e.kind, e.actor_kind, e.actor_id, e.data
        FROM claimed c
        LEFT JOIN LATERAL (SELECT * FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = c.endpoint_id LIMIT 1) w ON true
        LEFT JOIN LATERAL (SELECT * FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = c.ticket_id LIMIT 1) t ON true
        LEFT JOIN LATERAL (
            SELECT * FROM docket.ticket_event e WHERE e.tenant_id = $1 AND e.ticket_id = c.ticket_id AND e.seq = c.event_seq LIMIT 1
        ) e ON true
        """
    private static let due = """
        o.tenant_id = $1 AND (o.lane, o.next_attempt_at) >= (l.lane, '-infinity')
                        AND (o.lane, o.next_attempt_at) <= (l.lane, (SELECT at FROM clock)) AND o.unrecorded < 2
        """
    /// The most rows of one claim, apart from the suspect.
    public static let limit = 100

    let tenant: TenantID
    let rooms: [LaneRoom]
    let limit: Int
    let takesSuspect: Bool
    let holder: DeliveryHolder

    /// - Parameters:
    ///   - rooms: how many rows to take of each lane, in the order of preference.
    ///   - limit: the most rows in all, at most ``limit``.
    ///   - holder: who claims.
    public init(tenant: TenantID, rooms: [LaneRoom], limit: Int, takesSuspect: Bool, holder: DeliveryHolder) {
        self.tenant = tenant
        self.rooms = rooms
        self.limit = min(max(limit, 0), Self.limit)
        self.takesSuspect = takesSuspect
        self.holder = holder
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(rooms.map(\.lane.key))
        binder.append(rooms.map { Int32(clamping: $0.room) })
        binder.append(Int64(limit))
        binder.append(takesSuspect)
        binder.append(rooms.map { Int32(clamping: $0.newest) })
        binder.append(holder.number)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ClaimedDelivery {
        try ClaimedDelivery(row)
    }
}
