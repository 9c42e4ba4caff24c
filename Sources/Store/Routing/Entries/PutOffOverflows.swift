public import Domain
public import Postgres

/// Puts off waiting tickets of a queue that are to move on by now, because where they go or where they come from is closed, or they cannot be moved: so they neither keep
/// others from moving nor wake anybody before. Rows that somebody works on are left for the next time. Whatever writes an entry anew sets its own time again.
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
                AND ($7::uuid IS NULL OR d.site_id = $7)
            ORDER BY d.overflow_at LIMIT \(limit) FOR UPDATE SKIP LOCKED))
        """
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp
    let now: Timestamp
    let starts: [Int64]
    let tickets: [TicketID]?
    let site: SiteID?

    /// Which of them.
    public enum Scope: Sendable {
        case all
        case tickets([TicketID])
        case site(SiteID)
    }

    /// - Parameters:
    ///   - time: until when; after `now`.
    ///   - starts: after how many seconds of waiting tickets of the queue are looked at again in any case (``RoutingQueueRules/lookStarts(isByDeadline:)``).
    public init(tenant: TenantID, queue: QueueID, _ scope: Scope = .all, until time: Timestamp, now: Timestamp, starts: [Int]) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
        self.now = now
        self.starts = starts.map(Int64.init)
        switch scope {
        case .all: (tickets, site) = (nil, nil)
        case .tickets(let some): (tickets, site) = (some, nil)
        case .site(let id): (tickets, site) = (nil, id)
        }
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
        binder.append(now)
        binder.append(starts)
        binder.append(tickets)
        binder.append(site)
    }
}
