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
        WITH want AS (
            SELECT * FROM unnest($3::uuid[], $4::bigint[], $5::uuid[], $6::int[], $7::timestamptz[], $8::jsonb[])
                WITH ORDINALITY AS w (ticket_id, version, agent_id, weight, assigned_at, data, place)
        ), claimed AS MATERIALIZED (
            SELECT t.id, t.version, t.last_seq, t.channel, greatest(t.updated_at, $9) AS at
            FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.id = ANY ($3) AND t.queue_id = $2 AND t.state = 'waiting_assignment' AND t.assignee_id IS NULL
            ORDER BY t.id FOR UPDATE SKIP LOCKED
        ), pair AS MATERIALIZED (
            SELECT w.*, c.last_seq, c.at, c.channel FROM want w JOIN claimed c ON c.id = w.ticket_id AND c.version = w.version
        ), free AS MATERIALIZED (
            SELECT l.agent_id, l.capacity - l.load AS room, l.channel_capacities, l.channel_loads FROM docket.agent_load l
            WHERE l.tenant_id = $1 AND l.agent_id = ANY (ARRAY(SELECT DISTINCT p.agent_id FROM pair p))
            ORDER BY l.agent_id FOR UPDATE
        ), accepted AS MATERIALIZED (
            SELECT s.* FROM (
                SELECT p.*, f.room, sum(p.weight) OVER (PARTITION BY p.agent_id ORDER BY p.place) AS taken,
                    f.channel_capacities[p.channel_place] - f.channel_loads[p.channel_place] AS channel_room,
                    sum(p.weight) OVER (PARTITION BY p.agent_id, p.channel ORDER BY p.place) AS taken_of_channel
                FROM (SELECT q.*, \(ChannelColumns.place(of: "q.channel")) AS channel_place FROM pair q) p JOIN free f ON f.agent_id = p.agent_id
            ) s WHERE s.taken <= s.room AND (s.channel_room IS NULL OR s.taken_of_channel <= s.channel_room)
        ), raised AS (
            UPDATE docket.agent_load l SET load = l.load + a.weight, channel_loads = \(ChannelColumns.adding(to: "l.channel_loads", sums: "a")),
                last_assigned_at = greatest(l.last_assigned_at, a.assigned_at),
                recent_assignments = \(RecentAssignments.appending("a.times", to: "l"))
            FROM (
                SELECT x.agent_id, sum(x.weight)::int AS weight, max(x.assigned_at) AS assigned_at, array_agg(x.assigned_at ORDER BY x.place) AS times,
                    \(ChannelColumns.sums(weight: "x.weight", channel: "x.channel"))
                FROM accepted x GROUP BY x.agent_id
            ) a
            WHERE l.tenant_id = $1 AND l.agent_id = a.agent_id AND l.load + a.weight <= l.capacity
        ), moved AS (
            UPDATE docket.ticket t SET version = a.version + 1, last_seq = a.last_seq + 2, state = 'assigned', assignee_id = a.agent_id,
                over_capacity = false, updated_at = a.at, resolved_at = NULL, closed_at = NULL
            FROM accepted a WHERE t.tenant_id = $1 AND t.id = a.ticket_id
        ), removed AS (
            DELETE FROM docket.routing_entry r USING accepted a WHERE r.tenant_id = $1 AND r.ticket_id = a.ticket_id
        ), recorded AS (
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
            SELECT $1, a.ticket_id, a.last_seq + e.step, a.at, pg_current_xact_id(), a.version + 1, e.kind, 'dispatcher', NULL, coalesce(e.data, a.data)
            FROM accepted a CROSS JOIN (VALUES (1, 'ticket.assigned', NULL::jsonb),
                (2, 'ticket.state_changed', '{"from":"waiting_assignment","to":"assigned","cause":"assignment"}')) AS e (step, kind, data)
        ), signalled AS (
            INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT $1, $2, $10
            WHERE $11 OR (SELECT count(*) FROM accepted) < cardinality($3)
        )
        SELECT a.ticket_id FROM accepted a
        """
    let tenant: TenantID
    let queue: QueueID
    let assignments: [PlannedAssignment]
    let time: Timestamp
    let signal: ID<SignalQueue>
    let hasMore: Bool

    /// - Parameters:
    ///   - assignments: in rank order: where an agent has room for some only, the first get it.
    ///   - time: of the pass; the events of a ticket never go back behind its last.
    ///   - signal: a new id.
    ///   - hasMore: whether the pass leaves tickets that may be assigned.
    public init(
        tenant: TenantID,
        queue: QueueID,
        assignments: [PlannedAssignment],
        time: Timestamp,
        signal: ID<SignalQueue>,
        hasMore: Bool
    ) {
        self.tenant = tenant
        self.queue = queue
        self.assignments = assignments
        self.time = time
        self.signal = signal
        self.hasMore = hasMore
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(assignments.map(\.assignment.ticket))
        binder.append(assignments.map(\.version))
        binder.append(assignments.map(\.assignment.agent))
        binder.append(assignments.map { Int32(clamping: $0.assignment.weight) })
        binder.append(assignments.map(\.assignment.assignedAt))
        binder.append(assignments.map(\.document))
        binder.append(time)
        binder.append(signal)
        binder.append(hasMore)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}

/// Puts the events that this very transaction has appended into the outbox, under the same ids as ``EnqueueWebhooks`` gives.
public struct EnqueueWebhooksOfTransaction: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at)
        SELECT $1, md5(e.ticket_id::text || e.seq || w.id::text)::uuid, 'webhook', w.id, e.ticket_id, e.seq, $2, $2
        FROM docket.ticket_event e
        JOIN docket.webhook_endpoint w ON w.tenant_id = $1 AND w.status = 'active' AND (w.event_types = '{}' OR e.kind = ANY (w.event_types))
        WHERE e.tenant_id = $1 AND e.xid = pg_current_xact_id()
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    let time: Timestamp

    public init(tenant: TenantID, time: Timestamp) {
        self.tenant = tenant
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
    }
}
