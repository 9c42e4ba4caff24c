#!/usr/bin/env python3
"""Workers whose wall clocks are an hour wrong (LD_PRELOAD), and jump by two hours with a kill -9 now and then: only the database's clock may decide anything.

Assignments and thresholds come as soon as ever, no threshold comes early, and every time in the tables and on the webhooks is the database's.
"""

import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402
from chaos_deployment import ROLES  # noqa: E402

# How far a time may lie from the server's own time of commit: transactions take a while, beside everything else on the machine.
TOLERANCE_S = 5
# The furthest that a recorded time is from its commit, and how many thresholds came before their time.
TIMES = """
    SELECT json_build_array(
        (SELECT max(abs(extract(epoch FROM at - pg_xact_commit_timestamp(xid::xid)))) FROM docket.ticket_event),
        (SELECT max(abs(extract(epoch FROM f.fired_at - pg_xact_commit_timestamp(f.xmin)))) FROM docket.sla_firing f),
        (SELECT max(abs(extract(epoch FROM t.updated_at - pg_xact_commit_timestamp(t.xmin)))) FROM docket.ticket t),
        (SELECT count(*) FROM docket.sla_firing WHERE fired_at < scheduled_for))"""


HOUR_S = 3600


def build_clock(directory):
    """The library that gives a process a wrong clock; clang comes with the Swift toolchain."""
    library = f"{directory}/wrong_clock.so"
    source = pathlib.Path(chaos_run.__file__).parent / "wrong_clock.c"
    subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
    return library


def jump(run):
    """One worker's clock jumps to the other side."""
    role = run.chance.choice(ROLES)
    environment = run.deployment.environments[role]
    environment["WRONG_CLOCK_OFFSET"] = str(-int(environment["WRONG_CLOCK_OFFSET"]))
    run.kill_and_restart(role)


def times(run):
    furthest = json.loads(run.deployment.sql(TIMES))
    early = furthest.pop()
    webhook = run.receiver.largest_skew_s
    fake = {role: round(logged_skew(run.deployment, role), 1) for role in ROLES}
    return {
        "furthest_time_s": round(max(furthest), 3), "furthest_webhook_s": round(webhook, 1), "early": early, "clocks_off_by_s": fake,
        "times_ok": early == 0 and max(*furthest, webhook) <= TOLERANCE_S and all(abs(abs(skew) - HOUR_S) < TOLERANCE_S for skew in fake.values()),
    }


def logged_skew(deployment, role):
    """How far a worker's own clock is off, by what it last wrote into its log; NaN where it wrote nothing."""
    lines = (json.loads(line) for line in reversed(deployment.log_tail(role, 1000)) if line.startswith("{"))
    written = next((chaos_run.chaos_checks.epoch(line["time"]) for line in lines), math.nan)
    return written - (deployment.directory / f"{role}.log").stat().st_mtime


def main():
    with tempfile.TemporaryDirectory(prefix="docket-chaos-", dir="/tmp") as directory:
        library = build_clock(directory)
        offsets = zip(ROLES, (-HOUR_S, HOUR_S, -HOUR_S, HOUR_S))
        environments = {role: {"LD_PRELOAD": library, "WRONG_CLOCK_OFFSET": str(offset)} for role, offset in offsets}
        return chaos_run.run("clock-skew", jump, watched=[chaos_run.slowest_work, times], environments=environments)


if __name__ == "__main__":
    sys.exit(main())
