"""The course of every fault: load, faults at random moments, healing, checks, one line of JSON.

DOCKET_CHAOS_SECONDS lengthens the run (20 s of faults unless told), DOCKET_CHAOS_SEED repeats one.
"""

import json
import os
import random
import sys
import time

import chaos_checks
import chaos_recovery
from chaos_deployment import ROLES, Deployment
from chaos_load import Load, Receiver
from private_server import wait_until

SECONDS = float(os.environ.get("DOCKET_CHAOS_SECONDS", "20"))
SEED = int(os.environ.get("DOCKET_CHAOS_SEED", random.randrange(1_000_000)))
# What is promised: work goes on so soon after a fault.
RECOVERY_LIMIT_S = 5.0


class Run:
    """What a fault program works with."""

    def __init__(self, deployment, load, receiver, chance):
        self.deployment, self.load, self.receiver, self.chance = deployment, load, receiver, chance
        self.faults = []

    def kill_and_restart(self, role):
        """kill -9, and a new process after a moment, as a supervisor does it."""
        moment = time.time()
        self.deployment.kill(role)
        time.sleep(0.1)
        self.deployment.start(role)
        self.faults.append((moment, (role,)))
        self.deployment.wait_ready(role)

    def restart_postgres(self):
        """A crash of the server. Recovery counts from the moment it accepts connections again."""
        self.deployment.server.restart("immediate")
        self.faults.append((time.time(), ROLES))


def run(fault, inject, pause=(1.0, 3.0), watched=(), environments=None):
    """Runs one fault to its line on stdout. Returns the exit status.

    `inject(run)` does it once; `pause` is the range of seconds between two. `watched`: further checks, each a function of the run that returns a dict
    of figures; a figure whose name ends in `_ok` and that is false fails the run. `environments`: further variables for each process.
    """
    chance = random.Random(SEED)
    print(f"{fault}: seed {SEED}", file=sys.stderr)
    with Receiver() as receiver, Deployment(environments=environments) as deployment:
        deployment.furnish(receiver.url)
        load = Load(deployment, SEED)
        course = Run(deployment, load, receiver, chance)
        load.start()
        end = time.monotonic() + SECONDS
        time.sleep(2)
        while time.monotonic() < end:
            inject(course)
            time.sleep(chance.uniform(*pause))
        # The last fault needs as much time to show its recovery as all the others.
        time.sleep(RECOVERY_LIMIT_S)
        load.stop()
        figures = finish(course) | new_webhooks(course, RECOVERY_LIMIT_S)
        for watch in watched:
            figures |= watch(course)
        return report(fault, course, figures)


def slowest_work(course):
    """For faults that nothing is stopped by: no assignment and no threshold may come later than the limit."""
    assignment, firing = chaos_checks.slowest(course.deployment)
    return {"slowest_assignment_s": assignment, "slowest_firing_s": firing, "watched_ok": max(assignment, firing) <= RECOVERY_LIMIT_S}


def finish(course, seconds=60):
    """Waits until nothing is under way, for so long at most, and checks everything."""
    deployment = course.deployment
    figures = {}
    try:
        figures["settled_s"] = round(wait_until(lambda: chaos_checks.under_way(deployment) == 0, seconds, interval=0.2), 1)
    except TimeoutError:
        figures["still_under_way"] = deployment.sql(chaos_checks.UNDER_WAY)
    figures["lost"], figures["doubled"], details = chaos_checks.check(deployment, course.load, course.receiver)
    figures |= details
    # Every ticket's history rebuilds its row and its clocks, and every promise has one outcome, recorded once.
    findings = deployment.doctor("--histories", "1000000")
    if faults := {name: findings[name]["message"] for name in ("timers", "histories") if findings[name]["status"] != "ok"}:
        figures["doctor"] = faults
    if ended := deployment.ended():
        figures["ended_by_themselves"] = ended
    if course.load.problems:
        figures["problems"] = course.load.problems
    return figures


def new_webhooks(course, limit_s=None):
    """How soon webhooks came whose events came after a fault. `limit_s`: where faults leave no backlog that they could wait behind."""
    delays = chaos_recovery.new_webhooks(course)
    if not delays:
        return {}
    slowest = p99([delay for delay in delays if delay is not None])
    figures = {"new_webhook_p99_s": slowest and round(slowest, 3)}
    if limit_s is not None:
        figures["new_webhooks_ok"] = None not in delays and slowest <= limit_s
    return figures


def p99(values):
    """The largest where there are few; None where there is none."""
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * 0.99))] if values else None


def report(fault, course, figures):
    recoveries = chaos_recovery.recoveries(course)
    known = [value for _, value in recoveries if value is not None]
    slowest = p99(known)
    is_watched_ok = all([figures.pop(name) for name in list(figures) if name.endswith("_ok")])
    ok = (
        figures["lost"] == 0 and figures["doubled"] == 0 and len(known) == len(recoveries) and (slowest or 0) <= RECOVERY_LIMIT_S
        and not {"still_under_way", "doctor", "ended_by_themselves", "problems"} & figures.keys() and is_watched_ok
    )
    line = {
        "fault": fault, "injected": len(course.faults), "acknowledged": len(course.load.acknowledged), "lost": figures.pop("lost"),
        "doubled": figures.pop("doubled"), "recovery_p99_s": slowest and round(slowest, 3), "ok": ok, "seed": SEED, **figures,
    }
    if len({role for role, _ in recoveries}) > 1:
        line["slowest_s"] = {role: round(max(value or 0 for other, value in recoveries if other == role), 3) for role in dict(recoveries)}
    if len(known) < len(recoveries):
        line["never_recovered"] = [role for role, value in recoveries if value is None]
    if not ok:
        line["logs"] = str(course.deployment.directory)
    print(json.dumps(line), flush=True)
    return 0 if ok else 1
