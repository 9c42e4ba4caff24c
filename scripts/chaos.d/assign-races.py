#!/usr/bin/env python3
"""Eight dispatchers and sixteen people who assign, claim, release, answer and move the same tickets, while dispatchers are killed (kill -9).

DOCKET_CHAOS_OPERATIONS: how many answered writes (10,000 unless told, or as many as 30 s allow); CHAOS_LONG=1: a million. DOCKET_CHAOS_SEED repeats the choices.
"""

import contextlib
import json
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import race_history  # noqa: E402
from chaos_deployment import Deployment  # noqa: E402
from chaos_run import RECOVERY_LIMIT_S, SEED  # noqa: E402
from private_server import wait_until  # noqa: E402
from race_writers import Writers  # noqa: E402

IS_LONG = os.environ.get("CHAOS_LONG") == "1"
OPERATIONS = int(os.environ.get("DOCKET_CHAOS_OPERATIONS", 1_000_000 if IS_LONG else 10_000))
SECONDS = 30 if "DOCKET_CHAOS_OPERATIONS" not in os.environ and not IS_LONG else 6 * 3600
DISPATCHERS = tuple(f"dispatcher-{number}" for number in range(8))
AGENTS, CAPACITY, CHANNEL_CAPACITY = 12, 8, 3
DOUBLED = {"assigned_twice", "human_overridden", "routed_over_capacity", "acknowledged_doubled"}
FIGURES = {"routed", "by_hand_over_capacity"}
# A waiting ticket has an entry or is offered to somebody; nothing else has either.
MISPLACED = """
    SELECT count(*) FROM docket.ticket t LEFT JOIN docket.routing_entry r ON r.tenant_id = t.tenant_id AND r.ticket_id = t.id
    WHERE (t.state = 'waiting_assignment') <> (r.ticket_id IS NOT NULL OR t.offered_agent_id IS NOT NULL) OR (r.ticket_id IS NOT NULL AND t.offered_agent_id IS NOT NULL)"""
# Tickets that wait although an agent who is there has room for them, as a whole and on their channel.
ASSIGNABLE = """
    SELECT count(DISTINCT r.ticket_id) FROM docket.routing_entry r
    JOIN docket.queue_member m ON m.tenant_id = r.tenant_id AND m.queue_id = r.queue_id
    JOIN docket.agent_load l ON l.tenant_id = r.tenant_id AND l.agent_id = m.agent_id
    JOIN docket.agent_presence p ON p.tenant_id = r.tenant_id AND p.agent_id = m.agent_id AND p.status = 'online'
    CROSS JOIN LATERAL (SELECT CASE r.channel WHEN 'email' THEN 2 WHEN 'api' THEN 3 ELSE 7 END AS place) c
    WHERE l.load + r.weight <= l.capacity AND NOT m.agent_id = ANY (r.excluded_agents)
        AND coalesce(l.channel_loads[c.place] + r.weight <= l.channel_capacities[c.place], true)"""
WAITING = "SELECT count(*) FROM docket.ticket WHERE state = 'waiting_assignment'"
OFFERED = "SELECT tenant_id, id, offered_agent_id FROM docket.ticket WHERE offered_agent_id IS NOT NULL"


def furnish(deployment):
    """Two queues a tenant, one of which asks agents first; all agents serve both, and half of them have a limit on a channel."""
    queues = {}
    for tenant in deployment.tenants:
        contents = ({"name": "Plain", "mode": "balanced", "default": True}, {"name": "Asked", "mode": "least_loaded", "offer_seconds": 10})
        queues[tenant.id] = [deployment.call(tenant, "POST", "/v1/queues", content)["id"] for content in contents]
        for number in range(AGENTS):
            agent = {"name": f"Agent {number}", "email": f"agent{number}@example.com", "capacity": CAPACITY, "ramp_up_seconds": 0}
            if number % 2:
                agent["channel_capacities"] = [{"channel": "email", "capacity": CHANNEL_CAPACITY}]
            tenant.agents.append(deployment.call(tenant, "POST", "/v1/agents", agent)["id"])
            deployment.call(tenant, "PUT", f"/v1/agents/{tenant.agents[-1]}/presence", {"status": "online", "lease_seconds": 3600})
        for queue in queues[tenant.id]:
            deployment.call(tenant, "POST", f"/v1/queues/{queue}/members", {"members": [{"agent_id": agent} for agent in tenant.agents]})
    return queues


def race(deployment, writers, chance):
    """Kills dispatchers until the writers are done; returns the moments."""
    moments = []
    writers.start()
    end = time.monotonic() + SECONDS
    # After each there must be work left that shows the recovery.
    while time.monotonic() < end and writers.count < 0.8 * writers.limit and not writers.ended.is_set():
        name = chance.choice(DISPATCHERS)
        time.sleep(chance.uniform(1.5, 3))
        if writers.count >= 0.95 * writers.limit:
            break
        moments.append(time.time())
        deployment.kill(name)
        deployment.start(name)
    with contextlib.suppress(TimeoutError):
        wait_until(lambda: writers.count >= writers.limit or writers.ended.is_set(), max(2, end - time.monotonic()), interval=0.1)
    writers.stop()
    return moments


def settle(deployment, seconds=15):
    """Waits until nobody has room for a ticket that waits; returns how many could still be assigned."""
    with contextlib.suppress(TimeoutError):
        wait_until(lambda: deployment.sql(ASSIGNABLE) == "0", seconds, interval=0.2)
    return int(deployment.sql(ASSIGNABLE))


def drain(deployment, seconds=60):
    """Gives every agent room, and accepts every offer: then nothing may stay. Returns how long that took, or None."""
    for tenant in deployment.tenants:
        for agent in tenant.agents:
            etag = deployment.call(tenant, "GET", f"/v1/agents/{agent}")["etag"]
            deployment.call(tenant, "PATCH", f"/v1/agents/{agent}", {"capacity": 10_000, "channel_capacities": []}, etag=etag)
            deployment.call(tenant, "PUT", f"/v1/agents/{agent}/presence", {"status": "online", "lease_seconds": 3600, "back": True})
    tenants = {tenant.id: tenant for tenant in deployment.tenants}

    def is_empty():
        for line in deployment.sql(OFFERED).splitlines():
            tenant, ticket, agent = line.split("|")
            deployment.request(tenants[tenant], "POST", f"/v1/tickets/{ticket}/offer/accept", {"agent_id": agent}, key=f"drain-{ticket}-{time.time()}")
        return deployment.sql(WAITING) == "0"

    try:
        return round(wait_until(is_empty, seconds, interval=0.2), 1)
    except TimeoutError:
        return None


def main():
    print(f"assign-races: seed {SEED}", file=sys.stderr)
    with Deployment(tenants=2, processes=("api", *DISPATCHERS)) as deployment:
        queues = furnish(deployment)
        writers = Writers(deployment, queues, SEED, OPERATIONS)
        start = time.monotonic()
        moments = race(deployment, writers, random.Random(SEED))
        seconds = time.monotonic() - start
        counts = {"left_although_assignable": settle(deployment)}
        until = time.time()
        counts["misplaced"] = int(deployment.sql(MISPLACED))
        drained = drain(deployment)
        counts["stuck"] = int(deployment.sql(WAITING))
        counts |= race_history.by_ticket(deployment.server, writers.acknowledged)
        capacities = {agent: CAPACITY for tenant in deployment.tenants for agent in tenant.agents}
        over, times = race_history.by_commit(deployment.server, capacities, until)
        counts |= over
        findings = deployment.doctor("--histories", "1000000")
        faults = {name: findings[name]["message"] for name in ("agent_loads", "routing_entries", "histories") if findings[name]["status"] != "ok"}
        recoveries = sorted(next((at - moment for at in times if at > moment), float("inf")) for moment in moments)
        p99 = recoveries[min(len(recoveries) - 1, int(len(recoveries) * 0.99))] if recoveries else None
        doubled = sum(counts.get(name, 0) for name in DOUBLED)
        lost = sum(value for name, value in counts.items() if name not in DOUBLED | FIGURES)
        ended = deployment.ended()
        ok = lost == 0 and doubled == 0 and not faults and not ended and not writers.problems and drained is not None and (p99 or 0) <= RECOVERY_LIMIT_S
        line = {
            "fault": "assign-races", "injected": len(moments), "acknowledged": sum(map(len, writers.acknowledged.values())), "lost": lost, "doubled": doubled,
            "recovery_p99_s": p99 and round(p99, 3), "ok": ok, "seed": SEED, "operations": writers.count, "refused": writers.operations["refused"],
            "tickets": len(writers.acknowledged), "operations_per_s": round(writers.count / seconds), "drained_s": drained,
        }
        line |= {name: value for name, value in counts.items() if value}
        line |= {name: value for name, value in (("doctor", faults), ("ended_by_themselves", ended), ("problems", writers.problems)) if value}
        if not ok:
            line["logs"] = str(deployment.directory)
        print(json.dumps(line), flush=True)
        return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
