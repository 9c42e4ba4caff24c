#!/usr/bin/env python3
"""Workers whose wall clocks are an hour wrong (LD_PRELOAD), and jump by two hours with a kill -9 now and then: only the database's clock may decide anything.

Assignments and thresholds come as soon as ever, no threshold comes early, and every time in the tables and on the webhooks is the database's.
"""

import json
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402
from chaos_checks import epoch  # noqa: E402
from chaos_clock import HOUR_S, TOLERANCE_S, build_clock, furthest_times, turn_round, wrong_by  # noqa: E402
from chaos_deployment import ROLES  # noqa: E402


def jump(run):
    """One worker's clock jumps to the other side."""
    role = run.chance.choice(ROLES)
    turn_round(run.deployment.environments[role])
    run.kill_and_restart(role)


def times(run):
    webhook = run.receiver.largest_skew_s
    fake = {role: round(logged_skew(run.deployment, role), 1) for role in ROLES}
    return furthest_times(run.deployment) | {
        "furthest_webhook_s": round(webhook, 1), "clocks_off_by_s": fake,
        "times_ok": webhook <= TOLERANCE_S and all(abs(abs(skew) - HOUR_S) < TOLERANCE_S for skew in fake.values()),
    }


def logged_skew(deployment, role):
    """How far a worker's own clock is off, by what it last wrote into its log; NaN where it wrote nothing."""
    lines = (json.loads(line) for line in reversed(deployment.log_tail(role, 1000)) if line.startswith("{"))
    written = next((epoch(line["time"]) for line in lines), math.nan)
    return written - (deployment.directory / f"{role}.log").stat().st_mtime


def main():
    with tempfile.TemporaryDirectory(prefix="docket-chaos-", dir="/tmp") as directory:
        library = build_clock(directory)
        offsets = zip(ROLES, (-HOUR_S, HOUR_S, -HOUR_S, HOUR_S))
        environments = {role: wrong_by(library, offset) for role, offset in offsets}
        return chaos_run.run("clock-skew", jump, watched=[chaos_run.slowest_work, times], environments=environments)


if __name__ == "__main__":
    sys.exit(main())
