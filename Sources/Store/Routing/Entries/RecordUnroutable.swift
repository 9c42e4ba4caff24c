public import Domain
public import Postgres

/// Appends `ticket.unroutable` to waiting tickets that nobody can take (routing.md B), and marks their entries: once, until they wait for something else.
///
/// Commands lock a ticket and then write its entry. So the ticket is locked first here too; one that a command holds, or has changed since the pass read it, is
/// left to a later pass. So is an entry that somebody holds: another dispatcher's pass locks no tickets before it writes entries.
public struct RecordUnroutable: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH free AS MATERIALIZED (
            SELECT t.id, t.version, t.last_seq, t.last_xid, greatest(t.updated_at + interval '1 microsecond', $5) AS at
            FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.id = ANY ($3) AND t.queue_id = $2 AND t.state = 'waiting_assignment' AND t.offered_agent_id IS NULL
            ORDER BY t.id FOR UPDATE SKIP LOCKED
        ), entry AS MATERIALIZED (
            SELECT r.ticket_id FROM docket.routing_entry r JOIN free f ON f.id = r.ticket_id
            WHERE r.tenant_id = $1 ORDER BY r.ticket_id FOR UPDATE OF r SKIP LOCKED
        ), marked AS (
            UPDATE docket.routing_entry r SET told_reason = '\(UnroutableMark.untold.rawValue)', ticket_version = f.version + 1
            FROM free f JOIN unnest($3::uuid[], $4::bigint[]) AS seen (ticket_id, version) ON seen.ticket_id = f.id AND seen.version = f.version
            WHERE r.tenant_id = $1 AND r.ticket_id = f.id AND r.queue_id = $2 AND r.told_reason IS NULL
                AND r.ticket_id IN (SELECT e.ticket_id FROM entry e)
            RETURNING f.id, f.version, f.last_seq, f.last_xid, f.at
        ), moved AS (
            UPDATE docket.ticket t SET version = m.version + 1, last_seq = m.last_seq + 1, last_xid = \(FeedOrder.number(after: "m.last_xid")),
                updated_at = m.at
            FROM marked m WHERE t.tenant_id = $1 AND t.id = m.id
        )
        INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
        SELECT $1, m.id, m.last_seq + 1, m.at, \(FeedOrder.number(after: "m.last_xid")), m.version + 1, $6, 'dispatcher', NULL, $7::jsonb FROM marked m
        """
    let tenant: TenantID
    let queue: QueueID
    let tickets: [(id: TicketID, version: Int64)]
    let time: Timestamp

    /// - Parameters:
    ///   - tickets: with the versions that were looked at.
    ///   - time: of the pass; the events of a ticket never go back behind its last.
    public init(tenant: TenantID, queue: QueueID, tickets: [(id: TicketID, version: Int64)], time: Timestamp) {
        self.tenant = tenant
        self.queue = queue
        self.tickets = tickets
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        let payload = TicketEvent.Payload.unroutable(TicketEvent.Unroutable(queueID: queue))
        binder.append(tenant)
        binder.append(queue)
        binder.append(tickets.map(\.id))
        binder.append(tickets.map(\.version))
        binder.append(time)
        binder.append(payload.kind)
        binder.append(EventPayloadCoding.encode(payload))
    }
}
