public import Domain
public import Postgres

/// Writes a batch of assignments: claims the tickets, raises the loads under guard, moves the tickets, appends their events and takes them out of the
/// queue. Its rows are the tickets that were assigned; the others are untouched and stay queued (routing.md E).
///
/// One statement, because what the guard accepts decides everything after it, and asking the client in between would cost a round trip and hold the
/// locks longer. Locks are taken in Docket's order: ticket rows first (those that somebody holds are skipped: he decides), then loads in agent-id
/// order. The array in `free` is an initial plan, so the tickets are claimed before any load is locked.
///
/// Where a pair was not accepted, or the pass left something that may be assigned, it leaves a signal: whoever dies after the commit, the queue is
/// looked at again.
public struct CommitAssignments: Statement {
    public typealias Row = TicketID

    public static let sql = """
        \(AssignmentGuard.sql()), moved AS (
            UPDATE docket.ticket t SET version = a.version + 1, \(changes(agent: "a.agent_id"))
            FROM accepted a WHERE t.tenant_id = $1 AND t.id = a.ticket_id
        ), recorded AS (
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
            SELECT $1, a.ticket_id, a.last_seq + e.step, a.at, \(FeedOrder.number(after: "a.last_xid")), a.version + 1, e.kind, 'dispatcher', NULL,
                coalesce(e.data, a.data)
            FROM accepted a CROSS JOIN (\(events(data: "NULL::jsonb"))) AS e (step, kind, data)
        )
        SELECT a.ticket_id FROM accepted a
        """

    /// What an assignment changes of a ticket besides its version, from the row `a` of `accepted`.
    static func changes(agent: String) -> String {
        """
        last_seq = a.last_seq + 2, last_xid = \(FeedOrder.number(after: "a.last_xid")), state = 'assigned', assignee_id = \(agent),
            over_capacity = false, declined_agents = '{}', offer_round = 0, updated_at = a.at, resolved_at = NULL, closed_at = NULL
        """
    }

    /// What an assignment adds to a ticket's history, in order.
    static func events(data: String) -> String {
        """
        VALUES (1, 'ticket.assigned', \(data)),
            (2, 'ticket.state_changed', '{"from":"waiting_assignment","to":"assigned","cause":"assignment"}')
        """
    }

    let batch: AssignmentBatch

    public init(_ batch: AssignmentBatch) {
        self.batch = batch
    }

    public func bind(into binder: inout Binder) {
        batch.bind(into: &binder) { $0.document }
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
