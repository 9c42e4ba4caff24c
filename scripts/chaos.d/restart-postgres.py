#!/usr/bin/env python3
"""Crashes of PostgreSQL (shutdown in immediate mode, then recovery) under load: the executables reconnect by themselves."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402

if __name__ == "__main__":
    sys.exit(chaos_run.run("restart-postgres", lambda run: run.restart_postgres(), pause=(4.0, 7.0)))
