#!/usr/bin/env python3
"""kill -9 of docket-courier at random moments under load, and a new process each time."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402

if __name__ == "__main__":
    sys.exit(chaos_run.run("kill-courier", lambda run: run.kill_and_restart("courier")))
