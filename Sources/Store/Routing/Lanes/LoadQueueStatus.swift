public import Domain
public import Postgres

/// What is going on in a queue now. Reads at most ``QueueStatus/countLimit`` entries, and as many clocks and offers, however long the
/// queue is.
public struct LoadQueueStatus: Statement {
    public typealias Row = QueueStatus
    /// Whoever is absent by record, or off shift, is not there, whatever his heartbeats say (routing.md C).
    /// Clocks are found by when the scheduler looks at them next, which is never after their breach.
    public static let sql = """
        WITH instant AS MATERIALIZED (
            SELECT docket.now() AS at
        ), waiting AS MATERIALIZED (
            SELECT r.ticket_id, r.priority, r.weight, r.eligible_at FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT \(QueueStatus.countLimit)
        ), due AS MATERIALIZED (
            SELECT t.ticket_id, t.breach_at FROM docket.sla_timer t
            WHERE t.tenant_id = $1 AND t.next_fire_at <= (SELECT at FROM instant) + interval '4 hours'
            ORDER BY t.next_fire_at LIMIT \(QueueStatus.countLimit)
        ), risk AS MATERIALIZED (
            SELECT d.ticket_id, min(d.breach_at) AS breach_at FROM due d JOIN docket.ticket k ON k.tenant_id = $1 AND k.id = d.ticket_id AND k.queue_id = $2
            WHERE d.breach_at > (SELECT at FROM instant) GROUP BY d.ticket_id
        ), breached AS MATERIALIZED (
            SELECT count(DISTINCT t.ticket_id) AS n FROM docket.sla_timer t
            WHERE t.tenant_id = $1 AND t.ticket_id = ANY (ARRAY(SELECT w.ticket_id FROM waiting w))
                AND (t.state = 'breached_running' OR t.state = 'running' AND t.breach_at <= (SELECT at FROM instant))
        ), asked AS MATERIALIZED (
            SELECT o.queue_id FROM docket.ticket o WHERE o.tenant_id = $1 AND o.offered_agent_id IS NOT NULL LIMIT \(QueueStatus.countLimit)
        ), members AS MATERIALIZED (
            SELECT CASE WHEN p.lease_until > i.at AND NOT \(ShiftColumns.isOff(of: "p", at: "i.at"))
                    AND NOT coalesce(a.absent_from <= i.at AND a.absent_until > i.at, false) THEN p.status ELSE 'offline' END AS status,
                greatest(l.capacity - l.load, 0) AS room, l.capacity
            FROM instant i CROSS JOIN docket.queue_member m JOIN docket.agent_load l ON l.tenant_id = $1 AND l.agent_id = m.agent_id
            JOIN docket.agent a ON a.tenant_id = $1 AND a.id = m.agent_id AND a.active
            LEFT JOIN docket.agent_presence p ON p.tenant_id = $1 AND p.agent_id = m.agent_id
            WHERE m.tenant_id = $1 AND m.queue_id = $2 LIMIT \(QueueStatus.countLimit)
        )
        SELECT i.at, w.counts, w.units, w.oldest, a.n, r.soon, r.hour, r.later, b.n, m.online, m.away, m.offline, m.room, m.capacity, m.all_capacity,
            greatest(w.n, d.n, m.n, a.seen) < \(QueueStatus.countLimit)
        FROM instant i, breached b, (SELECT count(*) AS n FROM due) d,
            (SELECT count(*) FILTER (WHERE queue_id = $2) AS n, count(*) AS seen FROM asked) a, (
            SELECT count(*) AS n, coalesce(sum(weight), 0)::bigint AS units, min(eligible_at) AS oldest, ARRAY[count(*) FILTER (WHERE priority = 1), count(*) FILTER (WHERE priority = 2),
                count(*) FILTER (WHERE priority = 3), count(*) FILTER (WHERE priority = 4)] AS counts
            FROM waiting
        ) w, (
            SELECT count(*) FILTER (WHERE breach_at <= at + interval '15 minutes') AS soon, count(*) FILTER (WHERE breach_at <= at + interval '1 hour') AS hour,
                count(*) FILTER (WHERE breach_at <= at + interval '4 hours') AS later
            FROM risk, instant
        ) r, (
            SELECT count(*) AS n, count(*) FILTER (WHERE status = 'online') AS online, count(*) FILTER (WHERE status = 'away') AS away,
                count(*) FILTER (WHERE status = 'offline') AS offline, coalesce(sum(room) FILTER (WHERE status = 'online'), 0)::bigint AS room,
                coalesce(sum(capacity) FILTER (WHERE status = 'online'), 0)::bigint AS capacity, coalesce(sum(capacity), 0)::bigint AS all_capacity
            FROM members
        ) m
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

    public static func decode(_ row: RowView) throws(DecodeError) -> QueueStatus {
        var columns = ColumnReader(row)
        let at = try columns.next(Timestamp.self)
        let counts = try columns.nextArray(Int64.self)
        guard counts.count == Priority.allCases.count else { throw DecodeError("a count for each priority is missing") }
        let units = try count(&columns)
        let oldest = try columns.nextOptional(Timestamp.self)
        return QueueStatus(
            at: at,
            waiting: Dictionary(zip(Priority.allCases, counts.map(Int.init)), uniquingKeysWith: +),
            waitingUnits: units,
            oldestEligibleAt: oldest,
            offered: try count(&columns),
            risk: QueueStatus.Risk(
                within15Minutes: try count(&columns),
                within1Hour: try count(&columns),
                within4Hours: try count(&columns),
                breachedWaiting: try count(&columns)
            ),
            members: QueueStatus.Members(
                online: try count(&columns),
                away: try count(&columns),
                offline: try count(&columns),
                room: try count(&columns),
                capacity: try count(&columns),
                capacityOfAll: try count(&columns)
            ),
            isExact: try columns.next()
        )
    }

    private static func count(_ columns: inout ColumnReader) throws(DecodeError) -> Int {
        Int(try columns.next(Int64.self))
    }
}
