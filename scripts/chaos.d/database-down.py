#!/usr/bin/env python3
"""PostgreSQL is away while timers fall due, and three schedulers wait for it: afterwards each threshold is recorded once, soon, and in turns of the tenants.

Half of the timers are one tenant's, the rest are spread over twenty. DOCKET_CHAOS_TIMERS: how many (8,000 unless told); DOCKET_CHAOS_DOWN_S: how long the
server is away (8 s unless told; CHAOS_LONG=1: 600 s and 100,000 timers).
"""

import json
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

from chaos_checks import FORBIDDEN  # noqa: E402
from chaos_run import RECOVERY_LIMIT_S, SEED  # noqa: E402
from deployment import Deployment, tenant_id  # noqa: E402
from private_server import PrivateServer, wait_until  # noqa: E402

IS_LONG = os.environ.get("CHAOS_LONG") == "1"
TIMERS = int(os.environ.get("DOCKET_CHAOS_TIMERS", 100_000 if IS_LONG else 8_000))
DOWN_S = float(os.environ.get("DOCKET_CHAOS_DOWN_S", 600 if IS_LONG else 8))
TENANTS, SCHEDULERS = 20, 3
# From the making of the timers to their first threshold: the schedulers start before it, and the server is stopped.
LEAD_S = 8 + TIMERS // 4_000
# The warning comes after three quarters of the hour that each ticket has; the breach is not waited for.
ARM = "SELECT bench.seed_armed({count}, {tenants}, clock_timestamp() - interval '45 minutes' + interval '{lead} seconds', interval '1 microsecond')"
# Three schedulers record many hundreds a second, also on a busy machine a hundred: what takes longer than this stands still.
CATCH_UP_LIMIT_S = 20 + TIMERS / 100
# In turns, the small tenants are done when the large one has had about as much as one of them; alone it would have half of all.
FAIR_SHARE = 0.8
# A few passes of each scheduler.
SHORTEST_S = 0.3
STORM = "FROM docket.ticket t WHERE number > 10000000"
LOST = {
    "thresholds_missing": f"SELECT count(*) {STORM} AND NOT EXISTS (SELECT FROM docket.sla_firing f WHERE (f.tenant_id, f.ticket_id) = (t.tenant_id, t.id))",
    "recorded_early": "SELECT count(*) FROM docket.sla_firing WHERE fired_at < scheduled_for",
    "timers_left": "SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now()",
    "breaches_unrecorded": FORBIDDEN["breaches_unrecorded"],
}
DOUBLED = {
    "thresholds_doubled": "SELECT count(*) FROM (SELECT FROM docket.sla_firing GROUP BY tenant_id, ticket_id, metric, instance, threshold HAVING count(*) > 1) AS f",
    "firings_without_one_event": FORBIDDEN["firings_without_one_event"],
}
# When each tenant's last threshold was committed, seconds since the epoch.
DONE = f"""
    SELECT e.tenant_id, max(extract(epoch FROM pg_xact_commit_timestamp(e.xmin)))
    FROM docket.ticket_event e JOIN docket.ticket t ON (t.tenant_id, t.id) = (e.tenant_id, e.ticket_id)
    WHERE e.kind = 'sla.warned' AND t.number > 10000000 GROUP BY 1"""
FIRST = "SELECT min(extract(epoch FROM pg_xact_commit_timestamp(xmin))) FROM docket.ticket_event WHERE kind = 'sla.warned'"


def be_away(desk):
    """Stops the server before the timers fall due, and starts it again after them; returns the moment of its return."""
    due = time.time() + float(desk.sql("SELECT min(extract(epoch FROM next_fire_at - docket.now())) FROM docket.sla_timer t WHERE next_fire_at IS NOT NULL"))
    time.sleep(max(0, due - time.time() - 1))
    recorded = int(desk.sql("SELECT count(*) FROM docket.sla_firing"))
    desk.server.stop()
    time.sleep(max(DOWN_S, due - time.time() + 1))
    desk.server.start()
    return time.time(), recorded


def main():
    print(f"database-down: seed {SEED}", file=sys.stderr)
    with PrivateServer(track_commit_timestamp="on", shared_buffers="256MB") as server, Deployment(server) as desk:
        desk.seed(TENANTS, promises="two")
        desk.issue_keys(1)
        # The ticket that the others are copies of.
        desk.load(desk.start("docket-api"), 5, connections=1, requests=1)
        desk.stop()
        desk.sql(ARM.format(count=TIMERS // 2, tenants=1, lead=LEAD_S))
        desk.sql(ARM.format(count=TIMERS - TIMERS // 2, tenants=TENANTS, lead=LEAD_S))
        desk.sql("ANALYZE")
        running = [desk.start("docket-scheduler") for _ in range(SCHEDULERS)]
        back, before = be_away(desk)
        try:
            caught_up = wait_until(lambda: desk.sql(LOST["timers_left"]) == "0", CATCH_UP_LIMIT_S, interval=0.2)
        except TimeoutError:
            caught_up = None
        ended = sum(executable.process.poll() is not None for executable in running)
        counts = {name: int(desk.sql(text)) for name, text in (LOST | DOUBLED).items()}
        findings = desk.doctor("--skip", "histories")
        lost, doubled = sum(counts[name] for name in LOST), sum(counts[name] for name in DOUBLED)
        # Turns begin with the first threshold: until the schedulers are connected again nobody gets one, however long that takes.
        first = float(desk.sql(FIRST))
        done = {tenant: float(at) - first for tenant, at in desk.server.rows(DONE, desk.database)}
        recovery = first - back
        whole, small = max(done.values(), default=0), max((at for tenant, at in done.items() if tenant != tenant_id(0)), default=0)
        # Where everything is done at once, turns cannot be told apart.
        share = small / whole if whole > SHORTEST_S else 0
        ok = (
            lost == 0 and doubled == 0 and ended == 0 and before == 0 and findings["timers"]["status"] == "ok" and caught_up is not None
            and recovery <= RECOVERY_LIMIT_S and share <= FAIR_SHARE
        )
        line = {
            "fault": "database-down", "injected": 1, "acknowledged": TIMERS, "lost": lost, "doubled": doubled, "recovery_p99_s": round(recovery, 3), "ok": ok,
            "seed": SEED, "down_s": DOWN_S, "schedulers": SCHEDULERS, "caught_up_s": caught_up and round(caught_up, 1), "per_s": round(TIMERS / max(whole, 0.1)),
            "small_tenants_done_at_share": round(share, 2),
        }
        line |= {name: value for name, value in counts.items() if value}
        if findings["timers"]["status"] != "ok":
            line["doctor"] = findings["timers"]["message"]
        if ended:
            line["ended_by_themselves"] = ended
        print(json.dumps(line), flush=True)
        return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
