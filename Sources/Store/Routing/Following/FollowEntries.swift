public import Domain
public import Postgres

/// Writes places, classes and times of waiting tickets' entries anew, after their queue was edited. Returns the tickets whose entries were written: a row that somebody works
/// on, or that says another version of its ticket by now, is left as it is.
public struct FollowEntries: Statement {
    public typealias Row = TicketID
    public static let sql = """
        WITH free AS MATERIALIZED (
            SELECT d.ticket_id FROM docket.routing_entry d
            WHERE d.tenant_id = $1 AND d.queue_id = $2 AND d.ticket_id = ANY ($3) ORDER BY d.ticket_id FOR UPDATE SKIP LOCKED
        )
        UPDATE docket.routing_entry r SET class_key = n.class_key, class_step = n.class_step, rank_at = n.rank_at, overflow_at = n.overflow_at,
            next_step_at = least(n.next_step_at, r.exhausted_at + interval '\(TicketOffer.roundPauseSeconds) seconds')
        FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::smallint[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[])
            AS n (ticket_id, version, class_key, class_step, rank_at, overflow_at, next_step_at)
        WHERE r.tenant_id = $1 AND r.ticket_id = n.ticket_id AND r.queue_id = $2 AND r.ticket_version = n.version
            AND n.ticket_id IN (SELECT f.ticket_id FROM free f)
        RETURNING r.ticket_id
        """
    let tenant: TenantID
    let queue: QueueID
    let entries: [RoutingEntry]
    let times: [Timestamp?]

    /// - Parameters:
    ///   - entries: all of the queue.
    ///   - times: for each entry, when its ticket must be looked at again, but for the end of a round of offers; nil where time changes nothing.
    public init(tenant: TenantID, queue: QueueID, entries: [RoutingEntry], times: [Timestamp?]) {
        self.tenant = tenant
        self.queue = queue
        self.entries = entries
        self.times = times
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(entries.map(\.ticket.id))
        binder.append(entries.map(\.ticketVersion))
        binder.append(entries.map(\.classKey))
        binder.append(entries.map { Int16(clamping: $0.step ?? 0) })
        binder.append(entries.map(\.ticket.rankAt))
        binder.append(entries.map(\.overflowAt))
        binder.append(times)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
