/// What assignments and offers have in common when they are written: claims the tickets, locks the loads, accepts what fits, raises the loads (routing.md E).
enum AssignmentGuard {
    /// The beginning of a statement with the parameters of ``CommitAssignments``, up to `accepted`, whose rows are the pairs that go through.
    ///
    /// `raised` asks for nothing but the ids: its conditions are tried on the rows of the statement's snapshot first, so that one on the load would pass over an
    /// agent who got room only while `free` waited for his row, and leave his load as it was. What fits was decided on the locked rows.
    ///
    /// What the pass has read of an agent may have changed until his row is locked, by passes of other queues above all: his capacity, his rate limit and his wrap-up
    /// are tried on the locked row, his ramp-up by the units that it allowed when the pass began.
    ///
    /// `at` lies behind the ticket's last event, as with every command (``TicketChange``): clocks that follow change by change must be those of the history.
    ///
    /// - Parameter asks: an offer takes the agent's turn and a place in his rate limit only as long as it is open.
    static func sql(asks: Bool = false) -> String {
        """
        WITH want AS (
            SELECT * FROM unnest($3::uuid[], $4::bigint[], $5::uuid[], $6::int[], $7::timestamptz[], $8::jsonb[], $12::int[])
                WITH ORDINALITY AS w (ticket_id, version, agent_id, weight, assigned_at, data, ceiling, place)
        ), claimed AS MATERIALIZED (
            SELECT t.id, t.version, t.last_seq, t.last_xid, t.channel, greatest(t.updated_at + interval '1 microsecond', $9) AS at
            FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.id = ANY ($3) AND \(isOpen("t"))
            ORDER BY t.id FOR UPDATE SKIP LOCKED
        ), pair AS MATERIALIZED (
            SELECT w.*, c.last_seq, c.last_xid, c.at, c.channel FROM want w JOIN claimed c ON c.id = w.ticket_id AND c.version = w.version
        ), free AS MATERIALIZED (
            SELECT l.agent_id, l.load, \(room(of: "l")) AS room, l.channel_capacities, l.channel_loads,
                \(RecentAssignments.left(at: "$9", of: "l")) AS assignments_left
            FROM docket.agent_load l
            WHERE l.tenant_id = $1 AND l.agent_id = ANY (ARRAY(SELECT DISTINCT p.agent_id FROM pair p))
            ORDER BY l.agent_id FOR UPDATE
        ), accepted AS MATERIALIZED (
            SELECT s.* FROM (
                SELECT p.*, least(f.room, p.ceiling - f.load) AS room, sum(p.weight) OVER (PARTITION BY p.agent_id ORDER BY p.place) AS taken,
                    f.assignments_left, row_number() OVER (PARTITION BY p.agent_id ORDER BY p.place) AS number,
                    f.channel_capacities[p.channel_place] - f.channel_loads[p.channel_place] AS channel_room,
                    sum(p.weight) OVER (PARTITION BY p.agent_id, p.channel ORDER BY p.place) AS taken_of_channel
                FROM (SELECT q.*, \(ChannelColumns.place(of: "q.channel")) AS channel_place FROM pair q) p JOIN free f ON f.agent_id = p.agent_id
            ) s WHERE s.taken <= s.room AND (s.assignments_left IS NULL OR s.number <= s.assignments_left)
                AND (s.channel_room IS NULL OR s.taken_of_channel <= s.channel_room)
        ), raised AS (
            UPDATE docket.agent_load l SET load = l.load + a.weight, channel_loads = \(ChannelColumns.adding(to: "l.channel_loads", sums: "a")),
                \(asks ? offered : assigned)
            FROM (
                SELECT x.agent_id, sum(x.weight)::int AS weight, count(*)::int AS pairs, max(x.assigned_at) AS assigned_at,
                    array_agg(x.assigned_at ORDER BY x.place) AS times,
                    \(ChannelColumns.sums(weight: "x.weight", channel: "x.channel"))
                FROM accepted x GROUP BY x.agent_id
            ) a
            WHERE l.tenant_id = $1 AND l.agent_id = a.agent_id
        ), removed AS (
            DELETE FROM docket.routing_entry r USING accepted a WHERE r.tenant_id = $1 AND r.ticket_id = a.ticket_id
        ), signalled AS (
            INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT $1, $2, $10
            WHERE $11 OR (SELECT count(*) FROM accepted) < cardinality($3)
        )
        """
    }

    /// Whether a ticket still waits in the queue `$2`, and nobody was asked.
    static func isOpen(_ ticket: String) -> String {
        """
        \(ticket).queue_id = $2 AND \(ticket).state = 'waiting_assignment' AND \(ticket).assignee_id IS NULL AND \(ticket).offered_agent_id IS NULL
        """
    }

    /// How many units an agent can take at `$9`, of all channels together.
    static func room(of load: String) -> String {
        "CASE WHEN \(load).wrap_up_until > $9 THEN 0 ELSE \(load).capacity - \(load).load END"
    }

    private static let assigned = """
        last_assigned_at = greatest(l.last_assigned_at, a.assigned_at), recent_assignments = \(RecentAssignments.appending("a.times", to: "l"))
        """
    private static let offered = "open_offers = l.open_offers + a.pairs, last_offered_at = greatest(l.last_offered_at, a.assigned_at)"
}
