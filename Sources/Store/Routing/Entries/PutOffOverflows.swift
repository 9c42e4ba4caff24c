public import Domain
public import Postgres

/// Puts off waiting tickets of a queue that are to move on by now, because where they go is closed or they cannot be moved: so they neither keep others from moving nor
/// wake anybody before. Rows that somebody works on are left for the next time. Whatever writes an entry anew sets its own time again.
public struct PutOffOverflows: Statement {
    public typealias Row = NoRow
    /// The most at a time.
    public static let limit = 2_000

    public static let sql = """
        UPDATE docket.routing_entry r SET overflow_at = $3, next_step_at = least($3, CASE WHEN r.next_step_at > $4 THEN r.next_step_at END, (
            SELECT min(r.eligible_at + s.after * interval '1 second') FROM unnest($5::bigint[]) AS s (after)
            WHERE r.eligible_at + s.after * interval '1 second' > $4))
        WHERE r.tenant_id = $1 AND r.ticket_id = ANY (ARRAY(
            SELECT d.ticket_id FROM docket.routing_entry d
            WHERE d.tenant_id = $1 AND d.queue_id = $2 AND d.overflow_at <= $4 AND ($6::uuid[] IS NULL OR d.ticket_id = ANY ($6))
            ORDER BY d.overflow_at LIMIT \(limit) FOR UPDATE SKIP LOCKED))
        """
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp
    let now: Timestamp
    let starts: [Int64]
    let tickets: [TicketID]?

    /// - Parameters:
    ///   - time: until when; after `now`.
    ///   - schedule: the queue's relaxation steps, whose times count beside.
    ///   - tickets: nil for all.
    public init(tenant: TenantID, queue: QueueID, until time: Timestamp, now: Timestamp, schedule: RelaxationSchedule, tickets: [TicketID]? = nil) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
        self.now = now
        starts = schedule.steps.map { Int64($0.afterSeconds) }
        self.tickets = tickets
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
        binder.append(now)
        binder.append(starts)
        binder.append(tickets)
    }
}
