#!/usr/bin/env python3
"""A transaction of somebody else that stays open: it has a transaction id and a snapshot, and so holds up cleaning and the change feed, but no work."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402

OPEN_S = 6


def stay_open(run):
    script = f"BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_current_xact_id(), count(*) FROM docket.ticket; SELECT pg_sleep({OPEN_S}); COMMIT"
    command = [f"{run.deployment.server.programs}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", script, run.deployment.server.url("docket")]
    moment = time.time()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=OPEN_S + 30)
    run.faults.append((moment, ("api", "dispatcher", "scheduler", "courier")))


if __name__ == "__main__":
    sys.exit(chaos_run.run("idle-transaction", stay_open, watched=[chaos_run.slowest_work]))
