#!/usr/bin/env python3
"""All faults at once: three schedulers, four dispatchers, two APIs and a courier, most of them with clocks an hour wrong; kill -9 of any of them every few
seconds; PostgreSQL gone as in a crash, and away while timers of eight tenants fall due; load, people who answer late, webhooks and mails all the time.

Afterwards every promise has the one outcome that its events give it, each threshold and each level of an escalation stands once and in order, nothing that
was acknowledged is lost, tenants caught up in turns, and no mailbox got more than its share at once. After each fault each kind of work goes on within seconds;
how soon a webhook came that was new then, beside the backlog, is told (decision 21).

DOCKET_CHAOS_TIMERS: how many (600 unless told); DOCKET_CHAOS_DOWN_S: how long the server is away (10 s; CHAOS_LONG=1: 100,000 timers and 600 s).
"""

import contextlib
import os
import pathlib
import random
import sys
import tempfile
import time

LIB = pathlib.Path(__file__).resolve().parent.parent / "lib"
sys.path[:0] = [str(LIB), str(LIB / "demo")]

import chaos_mails  # noqa: E402
import chaos_outcomes  # noqa: E402
from chaos_clock import HOUR_S, build_clock, furthest_times, wrong_by  # noqa: E402
from chaos_deployment import Deployment  # noqa: E402
from chaos_load import Load, Receiver  # noqa: E402
from chaos_run import SEED, Run, finish, new_webhooks, report  # noqa: E402
from chaos_storm import Storm  # noqa: E402
from chaos_supervisor import Supervisor  # noqa: E402
from outside import Outside  # noqa: E402
from private_server import wait_until  # noqa: E402

IS_LONG = os.environ.get("CHAOS_LONG") == "1"
TIMERS = int(os.environ.get("DOCKET_CHAOS_TIMERS", 100_000 if IS_LONG else 600))
DOWN_S = float(os.environ.get("DOCKET_CHAOS_DOWN_S", 600 if IS_LONG else 10))
APIS, DISPATCHERS, SCHEDULERS = ("api-1", "api-2"), tuple(f"dispatcher-{n}" for n in range(1, 5)), tuple(f"scheduler-{n}" for n in range(1, 4))
PROCESSES = (*APIS, *DISPATCHERS, *SCHEDULERS, "courier")
# Of each kind one lives through the server's absence; the others are killed meanwhile, too, and cannot start.
SPARED = ("api-1", "dispatcher-1", "scheduler-1", "courier")
WRONG_CLOCKS = {
    "api-2": HOUR_S, "dispatcher-1": HOUR_S, "dispatcher-2": -HOUR_S, "dispatcher-3": HOUR_S, "scheduler-1": -HOUR_S, "scheduler-2": HOUR_S, "courier": -HOUR_S,
}
# The tenants of the storm, the first of which has half of it; those of the load have webhooks, too.
STORM_TENANTS, LOAD_TENANTS = 6, 2
# Two clocks a ticket. Both fall due while the server is away, or soon after.
STORM_TARGETS = {"first_response": max(10, round(DOWN_S * 2 / 3)), "resolution": max(12, round(DOWN_S * 4 / 5))}
LOAD_TARGETS = {"first_response": 3, "resolution": 4}
PERCENTS = (50, 75)
# Three schedulers record many hundreds a second, also on a busy machine a hundred thresholds and levels: what takes longer than this stands still.
CATCH_UP_LIMIT_S = 20 + TIMERS / 20
# In turns, the small tenants are done when the large one has had about as much as one of them; alone it would have half of all.
FAIR_SHARE = 0.8
# How much longer one of two equal tenants may take; where all is done within a second, turns cannot be told apart.
EQUAL_SHARES, FINEST_S = 2.0, 2.0
OVERDUE = """
    SELECT (SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now()) + (SELECT count(*) FROM docket.escalation_run WHERE next_fire_at <= docket.now())"""
# The storm is over when nothing of it runs any more.
COMING = """
    SELECT (SELECT count(*) FROM docket.sla_timer WHERE next_fire_at IS NOT NULL) + (SELECT count(*) FROM docket.escalation_run WHERE next_fire_at IS NOT NULL)"""
# When each tenant's last threshold was recorded of those that fell due while the server was away, and how many they were.
DONE = """
    SELECT tenant_id, max(extract(epoch FROM fired_at)), count(*) FROM docket.sla_firing
    WHERE scheduled_for BETWEEN to_timestamp({begin}) AND to_timestamp({end}) AND fired_at > to_timestamp({end}) GROUP BY 1"""
# The five minutes that a digest waits are over at once.
HURRY = "UPDATE docket.outbox SET next_attempt_at = docket.now() WHERE is_digest AND attempts = 0"


def furnish(deployment, receiver):
    for place, tenant in enumerate(deployment.tenants):
        deployment.staff(tenant)
        duty = {"targets": [{"type": "email", "address": chaos_mails.mailbox(tenant)}], "timeout": 1, "mode": "wall", "condition": "not_acked", "actions": ["notify"]}
        deployment.promise(tenant, STORM_TARGETS if place < STORM_TENANTS else LOAD_TARGETS, PERCENTS, [duty, duty])
        if place >= STORM_TENANTS:
            deployment.subscribe(tenant, receiver.url)


def rage(course, storm, supervisor):
    """The storm is made under kills and the server goes away; returns when all that fell due is recorded, and how long that took (None: not done)."""
    deployment = course.deployment
    storm.create()
    supervisor.server_stops()
    deployment.server.stop("immediate")
    storm.start_late_answers()
    time.sleep(DOWN_S)
    deployment.server.start()
    supervisor.server_is_back()
    try:
        caught_up = wait_until(lambda: deployment.sql(OVERDUE) == "0", CATCH_UP_LIMIT_S, interval=0.2)
    except TimeoutError:
        return None
    # What still was to come.
    time.sleep(max(0, max(STORM_TARGETS.values()) - DOWN_S + 3))
    return caught_up


def turns(deployment, absence):
    """Whether tenants caught up in turns: seconds and thresholds by tenant, and the verdict."""
    begin, end = absence
    slugs = {tenant.id: (place, tenant.slug) for place, tenant in enumerate(deployment.tenants)}
    done = {slugs[tenant]: (float(at) - end, int(count)) for tenant, at, count in deployment.server.rows(DONE.format(begin=begin, end=end), "docket")}
    seconds = {place: took for (place, _), (took, _) in done.items()}
    large, equal = seconds.get(0, 0), [took for place, took in seconds.items() if 0 < place < STORM_TENANTS]
    small = max((took for place, took in seconds.items() if place), default=0)
    is_coarse = max(large, small) < FINEST_S
    is_fair = is_coarse or (small <= FAIR_SHARE * large and max(equal) <= EQUAL_SHARES * min(equal))
    return {"caught_up_by_tenant": {slug: [round(took, 1), count] for (_, slug), (took, count) in sorted(done.items())}, "turns_told_apart": not is_coarse, "turns_ok": is_fair}


def verdict(course, outside, seconds):
    """The checks of this program beside those of every fault: counts that must be 0 into lost or doubled, and figures."""
    deployment = course.deployment
    targets = {tenant.id: STORM_TARGETS if place < STORM_TENANTS else LOAD_TARGETS for place, tenant in enumerate(deployment.tenants)}
    counts, figures, notified = chaos_outcomes.audit(deployment.server, targets, PERCENTS)
    mails, mail_figures = chaos_mails.audit(deployment, outside, notified, seconds)
    counts |= mails
    doubled = sum(value for name, value in counts.items() if name in chaos_outcomes.DOUBLED | chaos_mails.DOUBLED)
    return sum(counts.values()) - doubled, doubled, {name: value for name, value in counts.items() if value} | figures | mail_figures


def settle(deployment):
    """Waits until the clocks and calls are through, and lets the digests go: in the long form they wait their time."""
    with contextlib.suppress(TimeoutError):
        wait_until(lambda: deployment.sql(COMING) == "0", 60 + TIMERS / 100, interval=0.2)
    if not IS_LONG:
        deployment.sql(HURRY)


def main():
    print(f"everything: seed {SEED}", file=sys.stderr)
    patience_s = DOWN_S + CATCH_UP_LIMIT_S
    with tempfile.TemporaryDirectory(prefix="docket-chaos-", dir="/tmp") as directory, contextlib.ExitStack() as stack:
        outside = Outside()
        outside.start()
        stack.callback(outside.stop)
        library = build_clock(directory)
        environments = {name: wrong_by(library, offset) for name, offset in WRONG_CLOCKS.items()}
        mail = {"DOCKET_SMTP_HOST": "127.0.0.1", "DOCKET_SMTP_PORT": str(outside.smtp_port), "DOCKET_SMTP_SECURITY": "none", "DOCKET_SMTP_FROM": "desk@docket.example"}
        environments["courier"] |= mail
        receiver = stack.enter_context(Receiver())
        deployment = stack.enter_context(Deployment(
            STORM_TENANTS + LOAD_TENANTS, agents=4, capacity=100_000, first_response_s=LOAD_TARGETS["first_response"], processes=PROCESSES, environments=environments))
        furnish(deployment, receiver)
        begin = time.monotonic()
        load = Load(deployment, SEED, tenants=deployment.tenants[STORM_TENANTS:], patience_s=patience_s)
        storm = Storm(deployment, SEED, TIMERS // len(STORM_TARGETS), deployment.tenants[:STORM_TENANTS], patience_s)
        course = Run(deployment, load, receiver, random.Random(SEED))
        supervisor = Supervisor(course, (1.0, 3.0), SPARED)
        load.start()
        supervisor.start()
        caught_up = rage(course, storm, supervisor)
        storm.stop()
        supervisor.stop()
        load.stop()
        settle(deployment)
        load.acknowledged |= storm.acknowledged
        load.problems += storm.problems
        figures = finish(course, 400 if IS_LONG else 60)
        lost, doubled, details = verdict(course, outside, time.monotonic() - begin)
        figures["lost"] += lost
        figures["doubled"] += doubled
        figures |= details | turns(deployment, supervisor.absence) | furthest_times(deployment) | new_webhooks(course) | {
            "kills": supervisor.kills, "down_s": DOWN_S, "caught_up_s": caught_up and round(caught_up, 1), "caught_up_ok": caught_up is not None,
        }
        if supervisor.unexcused:
            figures["ended_by_themselves"] = supervisor.unexcused
        return report("everything", course, figures)


if __name__ == "__main__":
    sys.exit(main())
