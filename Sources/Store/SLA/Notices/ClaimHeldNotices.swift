public import Domain
public import Postgres

/// Locks a tenant's notices whose time has come until the transaction ends, those of one time agent by agent, with the events that they tell of. Those that others
/// have locked are skipped.
public struct ClaimHeldNotices: Statement {
    public struct Row: Sendable {
        public let notice: HeldNotice
        /// nil where there is no such event, or none that this version can read.
        public let event: TicketEvent?
    }

    public static let sql = """
        WITH picked AS MATERIALIZED (
            SELECT h.due_at, h.agent_id, h.ticket_id, h.event_seq FROM docket.held_notice h
            WHERE h.tenant_id = $1 AND h.due_at <= (SELECT docket.now())
            ORDER BY h.due_at, h.agent_id, h.ticket_id, h.event_seq LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        SELECT p.due_at, p.agent_id, p.ticket_id, p.event_seq, e.ticket_id, e.seq, e.at, e.version, e.kind, e.actor_kind, e.actor_id, e.data
        FROM picked p
        LEFT JOIN LATERAL (
            SELECT * FROM docket.ticket_event e WHERE e.tenant_id = $1 AND e.ticket_id = p.ticket_id AND e.seq = p.event_seq LIMIT 1
        ) e ON true
        ORDER BY p.due_at, p.agent_id, p.ticket_id, p.event_seq
        """
    let tenant: TenantID
    let limit: Int

    /// - Parameter limit: the most rows.
    public init(tenant: TenantID, limit: Int) {
        self.tenant = tenant
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let (due, agent) = (try columns.next(Timestamp.self), try columns.next(AgentID.self))
        let (ticket, sequence) = (try columns.next(TicketID.self), Int(try columns.next(Int32.self)))
        return Row(
            notice: HeldNotice(ticket: ticket, sequence: sequence, agent: agent, dueAt: due),
            event: try? EventColumns.decode(&columns)
        )
    }
}
