import TestSupport
import Testing

/// What must hold after any fault, read from the tables behind all policies.
enum DeskInvariants {
    /// Each counts what must not be there.
    private static let forbidden: [(what: String, count: String)] = [
        (
            "tickets of one request",
            "SELECT count(*) FROM (SELECT FROM docket.ticket GROUP BY tenant_id, external_ref HAVING count(*) > 1) AS t"
        ),
        (
            "assignments by routing of a ticket that somebody had",
            """
            SELECT count(*) FROM (
                SELECT kind, data, lag(kind) OVER (PARTITION BY tenant_id, ticket_id ORDER BY seq) AS before
                FROM docket.ticket_event WHERE kind IN ('ticket.assigned', 'ticket.unassigned')) AS e
            WHERE kind = 'ticket.assigned' AND before = 'ticket.assigned' AND data ->> 'cause' = 'routing'
            """
        ),
        (
            "tickets with another assignee than their history says",
            """
            SELECT count(*) FROM docket.ticket t WHERE assignee_id IS DISTINCT FROM (
                SELECT CASE WHEN kind = 'ticket.assigned' THEN (data ->> 'agentID')::uuid END FROM docket.ticket_event e
                WHERE (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id) AND kind IN ('ticket.assigned', 'ticket.unassigned')
                ORDER BY seq DESC LIMIT 1)
            """
        ),
        (
            "histories with gaps",
            """
            SELECT count(*) FROM docket.ticket t CROSS JOIN LATERAL (
                SELECT count(*) AS events, count(DISTINCT seq) AS numbers, max(seq) AS last FROM docket.ticket_event e
                WHERE (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id)) AS e
            WHERE events <> last_seq OR numbers <> last_seq OR last IS DISTINCT FROM last_seq
            """
        ),
        (
            "loads that are not what the tickets say",
            """
            SELECT count(*) FROM docket.agent_load l WHERE load <> (
                SELECT coalesce(sum(weight), 0) FROM docket.ticket t WHERE (t.tenant_id, t.assignee_id) = (l.tenant_id, l.agent_id)
                AND state IN ('new', 'waiting_assignment', 'assigned', 'in_progress'))
            """
        ),
        ("agents over their capacity", "SELECT count(*) FROM docket.agent_load WHERE load > capacity"),
        (
            "breaches that were not recorded",
            """
            SELECT count(*) FROM docket.sla_timer t
            WHERE (state LIKE 'breached%' OR (state = 'running' AND breach_at < docket.now() - interval '2 seconds')) AND NOT EXISTS (
                SELECT FROM docket.sla_firing f WHERE (f.tenant_id, f.ticket_id, f.metric, f.instance) = (t.tenant_id, t.ticket_id, t.metric, t.instance)
                AND f.kind = 'breach')
            """
        ),
        (
            "thresholds that do not have exactly one event",
            """
            SELECT count(*) FROM (
                SELECT tenant_id, ticket_id, metric, instance, threshold, 'sla.' || CASE kind WHEN 'warning' THEN 'warned' ELSE 'breached' END AS kind
                FROM docket.sla_firing) AS f
            FULL JOIN (
                SELECT tenant_id, ticket_id, data ->> 'metric' AS metric, (data ->> 'instance')::int AS instance, data ->> 'threshold' AS threshold, kind,
                    count(*) AS times
                FROM docket.ticket_event WHERE kind IN ('sla.warned', 'sla.breached') GROUP BY 1, 2, 3, 4, 5, 6) AS e
                USING (tenant_id, ticket_id, metric, instance, threshold, kind)
            WHERE times IS DISTINCT FROM 1
            """
        ),
        (
            "breaches without a warning before",
            """
            SELECT count(*) FROM docket.ticket_event b WHERE kind = 'sla.breached' AND NOT EXISTS (
                SELECT FROM docket.ticket_event w WHERE (w.tenant_id, w.ticket_id) = (b.tenant_id, b.ticket_id) AND w.kind = 'sla.warned' AND w.seq < b.seq)
            """
        ),
        (
            "breaches that a scheduler recorded without starting the plan for them, once",
            """
            SELECT count(*) FROM docket.ticket_event b WHERE kind = 'sla.breached' AND actor_kind = 'scheduler' AND 1 <> (
                SELECT count(*) FROM docket.ticket_event s WHERE (s.tenant_id, s.ticket_id, s.version) = (b.tenant_id, b.ticket_id, b.version)
                AND s.kind = 'ticket.change_reported' AND (s.data ->> 'metric', s.data ->> 'instance') = (b.data ->> 'metric', b.data ->> 'instance'))
            """
        ),
        (
            "plans that were started twice, or for no breach",
            """
            SELECT count(*) FROM (
                SELECT tenant_id, ticket_id, data ->> 'metric' AS metric, (data ->> 'instance')::int AS instance, count(*) AS times
                FROM docket.ticket_event WHERE kind = 'ticket.change_reported' GROUP BY 1, 2, 3, 4) AS s
            LEFT JOIN (SELECT * FROM docket.sla_firing WHERE kind = 'breach') AS f USING (tenant_id, ticket_id, metric, instance)
            WHERE times <> 1 OR f.kind IS NULL
            """
        ),
        (
            "tickets with other tasks than their history says",
            """
            SELECT count(*) FROM docket.ticket t
            CROSS JOIN LATERAL (SELECT count(*) AS tasks FROM docket.ticket_task k WHERE (k.tenant_id, k.ticket_id) = (t.tenant_id, t.id)) AS k
            CROSS JOIN LATERAL (
                SELECT coalesce(sum((data ->> 'taskCount')::int), 0) AS told FROM docket.ticket_event e
                WHERE (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id) AND kind = 'ticket.change_reported') AS e
            WHERE tasks <> told OR tasks <> task_count
            """
        ),
        ("deliveries that were given up", "SELECT count(*) FROM docket.outbox_dead"),
    ]

    /// Work that is still on its way.
    private static let underWay = [
        "SELECT count(*) FROM docket.routing_entry", "SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now()",
        "SELECT count(*) FROM docket.outbox",
    ]

    /// Waits until nothing is left to assign, to fire or to deliver.
    static func settle(_ database: DeskDatabase) async throws {
        for question in underWay {
            let isSettled = try await eventually(within: .seconds(20)) { try await database.number(question) == 0 }
            let left = try await database.number(question)
            #expect(isSettled, "\(question): \(left)")
        }
    }

    static func check(_ database: DeskDatabase) async throws {
        for (what, count) in forbidden {
            #expect(try await database.number(count) == 0, "\(what)")
        }
    }

    /// Every acknowledged ticket is there, under the id that was told; a repetition is answered with the same one.
    static func check(_ load: DeskLoad, on desk: SystemDesk) async throws {
        var stored: [String: String] = [:]
        for row in try await desk.database.sql("SELECT external_ref, id FROM docket.ticket") { stored[row[0]] = row[1] }
        #expect(load.problems == [])
        let acknowledged = load.acknowledged
        #expect(acknowledged.filter { stored[$0.key] != $0.value.ticket }.count == 0, "acknowledged tickets that are missing")
        for (key, known) in acknowledged.prefix(10) {
            #expect(try await load.create(key, for: known.tenant) == known.ticket)
        }
    }

    /// Every event reached its tenant's endpoint, under the one id that it has there, and nothing else did.
    static func check(_ receiver: WebhookReceiver, tenants: [DeskTenant], _ database: DeskDatabase) async throws {
        let endpoints = tenants.map { "('\($0.id)'::uuid, '\($0.endpoint)')" }.joined(separator: ",")
        let expected = try await database.sql(
            """
            SELECT md5(e.ticket_id::text || e.seq || w.id)::uuid FROM docket.ticket_event e
            JOIN (VALUES \(endpoints)) AS w (tenant_id, id) USING (tenant_id)
            """
        )
        let known = Set(expected.map { $0[0] })
        let arrived = Set(receiver.counts.keys.map { $0.hasPrefix("msg_") ? String($0.dropFirst(4)) : $0 })
        #expect(known.subtracting(arrived).count == 0, "events that did not arrive")
        #expect(arrived.subtracting(known).count == 0, "arrivals of no event")
    }
}
