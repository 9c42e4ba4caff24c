public import Domain
public import Postgres

/// Writes one assignment as ``CommitAssignments`` writes a batch of them, under the same guard (routing.md E): what arrives alone is the common case of a desk
/// that keeps up, and wants its agent at once.
///
/// A statement of its own because each row is named by a parameter. A row that is joined by its id may be looked for among all rows of the tenant instead,
/// where the plan was made while the tables were small; and half of the batch's work is to share agents' room among its pairs. Locks are taken in the same order.
public struct CommitAssignment: Statement {
    public typealias Row = TicketID

    public static let sql = """
        WITH claimed AS MATERIALIZED (
            SELECT t.version, t.last_seq, t.last_xid, \(ChannelColumns.place(of: "t.channel")) AS channel_place,
                greatest(t.updated_at + interval '1 microsecond', $9) AS at
            FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.id = $3 AND t.version = $4 AND \(AssignmentGuard.isOpen("t"))
            FOR UPDATE SKIP LOCKED
        ), free AS MATERIALIZED (
            SELECT least(\(AssignmentGuard.room(of: "l")), $12 - l.load) AS room, l.channel_capacities, l.channel_loads,
                \(RecentAssignments.left(at: "$9", of: "l")) AS assignments_left
            FROM docket.agent_load l
            WHERE l.tenant_id = $1 AND l.agent_id = $5 AND EXISTS (SELECT FROM claimed) FOR UPDATE
        ), accepted AS MATERIALIZED (
            SELECT c.* FROM claimed c CROSS JOIN free f
            WHERE f.room >= $6 AND coalesce(f.assignments_left >= 1, true)
                AND coalesce(f.channel_capacities[c.channel_place] - f.channel_loads[c.channel_place] >= $6, true)
        ), raised AS (
            UPDATE docket.agent_load l SET load = l.load + $6,
                channel_loads[a.channel_place] = greatest(0, l.channel_loads[a.channel_place] + $6),
                last_assigned_at = greatest(l.last_assigned_at, $7), recent_assignments = \(RecentAssignments.appending("ARRAY[$7]", to: "l"))
            FROM accepted a WHERE l.tenant_id = $1 AND l.agent_id = $5
        ), removed AS (
            DELETE FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.ticket_id = $3 AND EXISTS (SELECT FROM accepted)
        ), signalled AS (
            INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT $1, $2, $10 WHERE $11 OR NOT EXISTS (SELECT FROM accepted)
        ), moved AS (
            UPDATE docket.ticket t SET version = a.version + 1, \(CommitAssignments.changes(agent: "$5"))
            FROM accepted a WHERE t.tenant_id = $1 AND t.id = $3
        ), recorded AS (
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
            SELECT $1, $3, a.last_seq + e.step, a.at, \(FeedOrder.number(after: "a.last_xid")), a.version + 1, e.kind, 'dispatcher', NULL, e.data
            FROM accepted a CROSS JOIN (\(CommitAssignments.events(data: "$8::jsonb"))) AS e (step, kind, data)
        )
        SELECT $3 FROM accepted
        """
    private let batch: AssignmentBatch
    private let planned: PlannedAssignment

    /// nil where the batch has not exactly one pair.
    public init?(_ batch: AssignmentBatch) {
        guard batch.assignments.count == 1, let planned = batch.assignments.first else { return nil }
        self.batch = batch
        self.planned = planned
    }

    public func bind(into binder: inout Binder) {
        binder.append(batch.tenant)
        binder.append(batch.queue)
        binder.append(planned.assignment.ticket)
        binder.append(planned.version)
        binder.append(planned.assignment.agent)
        binder.append(Int32(clamping: planned.assignment.weight))
        binder.append(planned.assignment.assignedAt)
        binder.append(planned.document)
        binder.append(batch.time)
        binder.append(batch.signal)
        binder.append(batch.hasMore)
        binder.append(planned.ceiling.map(Int32.init(clamping:)))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
