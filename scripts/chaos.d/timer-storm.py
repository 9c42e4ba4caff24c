#!/usr/bin/env python3
"""Timers that are all due at once, three schedulers, and kill -9 of them: first warnings that are long overdue, then breaches that fall due in one moment.

DOCKET_CHAOS_TIMERS: how many of each (20,000 unless told; CHAOS_LONG=1: 100,000). DOCKET_CHAOS_SEED repeats the moments of the kills.
"""

import json
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from chaos_checks import FORBIDDEN  # noqa: E402
from chaos_run import RECOVERY_LIMIT_S, SEED  # noqa: E402
from deployment import Deployment  # noqa: E402
from private_server import PrivateServer  # noqa: E402

TIMERS = int(os.environ.get("DOCKET_CHAOS_TIMERS", 100_000 if os.environ.get("CHAOS_LONG") == "1" else 20_000))
TENANTS, SCHEDULERS = 20, 3
# Seconds from the making of the timers to their breach, so that both storms are seen.
LEAD_S = 12 + TIMERS // 4_000
# The first warning comes after three quarters of the hour that each ticket has.
ARM = f"SELECT bench.seed_armed({TIMERS}, {TENANTS}, clock_timestamp() - interval '60 minutes' + interval '{LEAD_S} seconds', interval '1 microsecond')"
STORM = "FROM docket.ticket t WHERE number >= 10000000"
RECORDED = "(SELECT array_agg(kind ORDER BY kind) FROM docket.sla_firing f WHERE (f.tenant_id, f.ticket_id) = (t.tenant_id, t.id))"
LOST = {
    "thresholds_missing": f"SELECT coalesce(sum(2 - coalesce(cardinality(kinds), 0)), 0) FROM (SELECT {RECORDED} AS kinds {STORM}) AS t WHERE kinds IS NULL OR cardinality(kinds) < 2",
    "recorded_early": """
        SELECT count(*) FROM docket.sla_firing f JOIN docket.ticket_event e ON (e.tenant_id, e.ticket_id) = (f.tenant_id, f.ticket_id)
            AND e.kind = CASE f.kind WHEN 'warning' THEN 'sla.warned' ELSE 'sla.breached' END
        WHERE f.fired_at < f.scheduled_for OR pg_xact_commit_timestamp(e.xmin) < f.scheduled_for""",
    "timers_left": "SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now()",
    "breaches_unrecorded": FORBIDDEN["breaches_unrecorded"], "breaches_before_warnings": FORBIDDEN["breaches_before_warnings"],
}
DOUBLED = {
    "thresholds_doubled": f"SELECT coalesce(sum(cardinality(kinds) - 2), 0) FROM (SELECT {RECORDED} AS kinds {STORM}) AS t WHERE cardinality(kinds) > 2",
    "firings_without_one_event": FORBIDDEN["firings_without_one_event"],
}
# When each batch was committed, and the earliest time of a threshold in it.
COMMITS = """
    SELECT extract(epoch FROM pg_xact_commit_timestamp(e.xmin)), min(extract(epoch FROM (e.data ->> 'scheduledFor')::timestamptz))
    FROM docket.ticket_event e WHERE e.kind IN ('sla.warned', 'sla.breached') GROUP BY e.xmin::text, 1 ORDER BY 1"""


def storm(desk, chance):
    """Kills schedulers while thresholds are due; returns the moments. Ends where everything is recorded, or nothing will be."""
    running = [desk.start("docket-scheduler") for _ in range(SCHEDULERS)]
    moments, deadline = [], time.monotonic() + 60 + LEAD_S + TIMERS / 200
    while time.monotonic() < deadline:
        recorded, due = (int(value) for value in desk.sql(
            "SELECT (SELECT count(*) FROM docket.sla_firing), (SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now())").split("|"))
        if recorded >= 2 * TIMERS and due == 0:
            break
        if due:
            place = chance.randrange(SCHEDULERS)
            moments.append(time.time())
            running[place].process.kill()
            running[place].process.wait(10)
            running[place] = desk.start("docket-scheduler")
        time.sleep(chance.uniform(0.05, 0.4))
    ended = sum(executable.process.poll() is not None for executable in running)
    return moments, ended


def recoveries(desk, moments):
    """How long after each kill the next thresholds were committed, where some were due."""
    commits = [tuple(map(float, row)) for row in desk.server.rows(COMMITS, desk.database)]
    nexts = [[(at, due) for at, due in commits if at > moment] for moment in moments]
    return sorted(later[0][0] - moment for moment, later in zip(moments, nexts) if later and later[0][1] <= moment)


def main():
    print(f"timer-storm: seed {SEED}", file=sys.stderr)
    with PrivateServer(track_commit_timestamp="on", shared_buffers="256MB") as server, Deployment(server) as desk:
        desk.seed(TENANTS, promises="two")
        desk.issue_keys(1)
        # The ticket that the others are copies of.
        desk.load(desk.start("docket-api"), 5, connections=1, requests=1)
        desk.stop()
        desk.sql(ARM)
        desk.sql("ANALYZE")
        moments, ended = storm(desk, random.Random(SEED))
        times = recoveries(desk, moments)
        counts = {name: int(desk.sql(text)) for name, text in (LOST | DOUBLED).items()}
        findings = desk.doctor("--skip", "histories")
        lost, doubled = sum(counts[name] for name in LOST), sum(counts[name] for name in DOUBLED)
        lateness = float(desk.sql("SELECT max(extract(epoch FROM fired_at - scheduled_for)) FROM docket.sla_firing WHERE kind = 'breach'"))
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))] if times else None
        ok = lost == 0 and doubled == 0 and ended == 0 and findings["timers"]["status"] == "ok" and p99 is not None and p99 <= RECOVERY_LIMIT_S
        line = {
            "fault": "timer-storm", "injected": len(moments), "acknowledged": 2 * TIMERS, "lost": lost, "doubled": doubled, "recovery_p99_s": p99 and round(p99, 3),
            "ok": ok, "seed": SEED, "timers": TIMERS, "schedulers": SCHEDULERS, "latest_breach_s": round(lateness, 1),
        }
        line |= {name: value for name, value in counts.items() if value}
        if findings["timers"]["status"] != "ok":
            line["doctor"] = findings["timers"]["message"]
        print(json.dumps(line), flush=True)
        return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
