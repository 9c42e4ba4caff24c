"""What must hold after the healing, read from the tables as the superuser and compared with what the clients remember."""

import datetime
import hashlib
import json
import uuid

# Work that is still on its way when the load stops: entries to assign, timers to fire, events to deliver.
UNDER_WAY = """
    SELECT (SELECT count(*) FROM docket.routing_entry), (SELECT count(*) FROM docket.outbox),
        (SELECT count(*) FROM docket.sla_timer WHERE next_fire_at < docket.now() + interval '4 seconds')
"""

# Each line counts what must not be there.
FORBIDDEN = {
    "tickets_doubled": "SELECT count(*) FROM (SELECT FROM docket.ticket GROUP BY tenant_id, external_ref HAVING count(*) > 1) AS t",
    # Somebody got a ticket that another still had.
    "assignments_doubled": """
        SELECT count(*) FROM (
            SELECT kind, data, lag(kind) OVER (PARTITION BY tenant_id, ticket_id ORDER BY seq) AS before
            FROM docket.ticket_event WHERE kind IN ('ticket.assigned', 'ticket.unassigned')) AS e
        WHERE kind = 'ticket.assigned' AND before = 'ticket.assigned' AND data ->> 'cause' = 'routing'""",
    "assignments_without_ticket": """
        SELECT count(*) FROM docket.ticket t WHERE assignee_id IS DISTINCT FROM (
            SELECT CASE WHEN kind = 'ticket.assigned' THEN (data ->> 'agentID')::uuid END FROM docket.ticket_event e
            WHERE (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id) AND kind IN ('ticket.assigned', 'ticket.unassigned')
            ORDER BY seq DESC LIMIT 1)""",
    "histories_with_gaps": """
        SELECT count(*) FROM docket.ticket t JOIN (
            SELECT tenant_id, ticket_id, count(*) AS events, max(seq) AS last, count(DISTINCT seq) AS numbers FROM docket.ticket_event GROUP BY 1, 2
        ) AS e ON (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id)
        WHERE events <> last_seq OR last <> last_seq OR numbers <> last_seq""",
    "loads_wrong": """
        SELECT count(*) FROM docket.agent_load l WHERE load <> (
            SELECT coalesce(sum(weight), 0) FROM docket.ticket t WHERE (t.tenant_id, t.assignee_id) = (l.tenant_id, l.agent_id)
            AND state IN ('new', 'waiting_assignment', 'assigned', 'in_progress'))""",
    "agents_over_capacity": "SELECT count(*) FROM docket.agent_load WHERE load > capacity",
    "timers_overdue": "SELECT count(*) FROM docket.sla_timer WHERE next_fire_at < docket.now() - interval '1 second'",
    "breaches_unrecorded": """
        SELECT count(*) FROM docket.sla_timer t
        WHERE (state LIKE 'breached%' OR (state = 'running' AND breach_at < docket.now() - interval '1 second')) AND NOT EXISTS (
            SELECT FROM docket.sla_firing f WHERE (f.tenant_id, f.ticket_id, f.metric, f.instance) = (t.tenant_id, t.ticket_id, t.metric, t.instance)
            AND f.kind = 'breach')""",
    # A threshold and its event are one: neither without the other, and no event twice.
    "firings_without_one_event": """
        SELECT count(*) FROM (
            SELECT tenant_id, ticket_id, metric, instance, 'sla.' || CASE kind WHEN 'warning' THEN 'warned' ELSE 'breached' END AS kind, threshold
            FROM docket.sla_firing) AS f
        FULL JOIN (
            SELECT tenant_id, ticket_id, data ->> 'metric' AS metric, (data ->> 'instance')::int AS instance, kind, data ->> 'threshold' AS threshold, count(*) AS times
            FROM docket.ticket_event WHERE kind IN ('sla.warned', 'sla.breached') GROUP BY 1, 2, 3, 4, 5, 6) AS e
            USING (tenant_id, ticket_id, metric, instance, kind, threshold)
        WHERE times IS DISTINCT FROM 1""",
    "breaches_before_warnings": """
        SELECT count(*) FROM docket.ticket_event b WHERE kind = 'sla.breached' AND NOT EXISTS (
            SELECT FROM docket.ticket_event w WHERE (w.tenant_id, w.ticket_id) = (b.tenant_id, b.ticket_id) AND w.kind = 'sla.warned'
            AND w.data ->> 'metric' = b.data ->> 'metric' AND w.data ->> 'instance' = b.data ->> 'instance' AND w.seq < b.seq)""",
    "deliveries_given_up": "SELECT count(*) FROM docket.outbox_dead",
}

DOUBLED = {"tickets_doubled", "assignments_doubled", "agents_over_capacity"}


def numbers(deployment, text):
    return [int(value) for value in deployment.sql(text).split("|")]


def under_way(deployment):
    """How much is still to be assigned, fired or delivered."""
    return sum(numbers(deployment, UNDER_WAY))


def check(deployment, load, receiver):
    """Returns (lost, doubled, details): details are the counts that should be 0 and are not, and figures of interest."""
    counts = {name: numbers(deployment, text)[0] for name, text in FORBIDDEN.items()}
    stored = {}
    for line in deployment.sql("SELECT external_ref, id FROM docket.ticket").splitlines():
        key, identifier = line.split("|")
        stored[key] = identifier
    counts["acknowledged_missing"] = sum(stored.get(key) != identifier for key, (_, identifier) in load.acknowledged.items())
    counts["repetitions_answered_otherwise"] = load.replay()
    counts["events_undelivered"], counts["events_invented"], repeated = deliveries(deployment, receiver)
    doubled = sum(value for name, value in counts.items() if name in DOUBLED)
    details = {name: value for name, value in counts.items() if value}
    details |= {"tickets": len(stored), "redelivered": repeated}
    return sum(counts.values()) - doubled, doubled, details


def deliveries(deployment, receiver):
    """(events that never arrived, arrivals of no event, repeated arrivals)."""
    arrived, repeated = receiver.snapshot()
    expected = webhook_ids(deployment)
    return len(expected - arrived.keys()), len(arrived.keys() - expected), repeated


def webhook_ids(deployment):
    """Under which id each event is told to its tenant's endpoint: known beforehand. A tenant may have no endpoint."""
    endpoints = {tenant.id: tenant.endpoint for tenant in deployment.tenants if tenant.endpoint}
    wanted = ",".join(f"'{tenant}'" for tenant in endpoints)
    ids = set()
    for tenant, ticket, sequence in deployment.server.rows(f"SELECT tenant_id, ticket_id, seq FROM docket.ticket_event WHERE tenant_id IN ({wanted})", "docket"):
        digest = hashlib.md5(f"{ticket}{sequence}{endpoints[tenant]}".encode(), usedforsecurity=False)
        ids.add(str(uuid.UUID(digest.hexdigest())))
    return ids


def slowest(deployment):
    """The longest time from a ticket's creation to its first assignment, and from a threshold's time to its record, in seconds."""
    text = """
        SELECT json_build_array(
            (SELECT max(round(extract(epoch FROM first - created_at), 3)) FROM docket.ticket t JOIN LATERAL (
                SELECT min(at) AS first FROM docket.ticket_event e WHERE (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id) AND kind = 'ticket.assigned'
            ) AS e ON true),
            (SELECT max(round(extract(epoch FROM fired_at - scheduled_for), 3)) FROM docket.sla_firing))"""
    return json.loads(deployment.sql(text))


def epoch(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
