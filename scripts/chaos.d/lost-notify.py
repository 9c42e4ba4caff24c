#!/usr/bin/env python3
"""Lost notifications: every listening backend is frozen for a while and then ended, so that what was sent meanwhile reaches nobody.

All work must still be found by looking, about once a second.
"""

import os
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402

FROZEN_S = 3


def listeners(deployment):
    text = "SELECT pid FROM pg_stat_activity WHERE datname = 'docket' AND query LIKE 'LISTEN %'"
    return [int(pid) for pid in deployment.sql(text).split()]


def lose(run):
    pids = listeners(run.deployment)
    if not pids:
        raise RuntimeError("nobody listens")
    moment = time.time()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        time.sleep(FROZEN_S)
        # Takes effect before anything else when the backend goes on.
        run.deployment.sql(f"SELECT pg_terminate_backend(pid) FROM unnest(ARRAY{pids}) AS pid")
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    run.faults.append((moment, ("dispatcher", "scheduler", "courier")))


if __name__ == "__main__":
    sys.exit(chaos_run.run("lost-notify", lose, watched=[chaos_run.slowest_work]))
