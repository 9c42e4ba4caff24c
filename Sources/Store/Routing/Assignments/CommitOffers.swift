public import Domain
public import Postgres

/// Offers a batch of tickets: as ``CommitAssignments`` does it, but the tickets go on waiting, and each holds capacity of the agent who was asked
/// (routing.md G).
public struct CommitOffers: Statement {
    public typealias Row = TicketID

    public static let sql = """
        \(AssignmentGuard.sql(asks: true)), moved AS (
            UPDATE docket.ticket t SET version = a.version + 1, last_seq = a.last_seq + 1,
                last_xid = \(FeedOrder.number(after: "a.last_xid")), offered_agent_id = a.agent_id, offered_at = a.at,
                offer_expires_at = ($13::timestamptz[])[a.place::integer], updated_at = a.at
            FROM accepted a WHERE t.tenant_id = $1 AND t.id = a.ticket_id
        ), recorded AS (
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
            SELECT $1, a.ticket_id, a.last_seq + 1, a.at, \(FeedOrder.number(after: "a.last_xid")), a.version + 1, 'ticket.offered', 'dispatcher', NULL, a.data
            FROM accepted a
        )
        SELECT a.ticket_id FROM accepted a
        """
    let batch: AssignmentBatch

    /// - Parameter batch: of pairs that say until when the agent is asked.
    public init(_ batch: AssignmentBatch) {
        self.batch = batch
    }

    public func bind(into binder: inout Binder) {
        batch.bind(into: &binder) { $0.offerDocument }
        binder.append(batch.assignments.map { $0.offeredUntil ?? batch.time })
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
