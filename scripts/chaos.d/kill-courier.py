#!/usr/bin/env python3
"""kill -9 of docket-courier at random moments under load, and a new process each time: it takes over at once what the one before had under way."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_recovery  # noqa: E402
import chaos_run  # noqa: E402


def under_way(course):
    slowest = max(chaos_recovery.old_webhooks(course), default=0)
    return {"old_webhook_max_s": round(slowest, 3), "old_webhooks_ok": slowest <= chaos_run.RECOVERY_LIMIT_S}


if __name__ == "__main__":
    sys.exit(chaos_run.run("kill-courier", lambda run: run.kill_and_restart("courier"), watched=[under_way]))
