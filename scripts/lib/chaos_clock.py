"""Wall clocks that are wrong, and what must hold in spite of them: only the database's clock decides and is recorded."""

import json
import pathlib
import shutil
import subprocess

HOUR_S = 3600
# How far a time may lie from the server's own time of commit: transactions take a while, beside everything else on the machine.
TOLERANCE_S = 5
# The furthest that a recorded time is from its commit, and how many thresholds came before their time.
TIMES = """
    SELECT json_build_array(
        (SELECT max(abs(extract(epoch FROM at - pg_xact_commit_timestamp(xid::xid)))) FROM docket.ticket_event),
        (SELECT max(abs(extract(epoch FROM f.fired_at - pg_xact_commit_timestamp(f.xmin)))) FROM docket.sla_firing f),
        (SELECT max(abs(extract(epoch FROM t.updated_at - pg_xact_commit_timestamp(t.xmin)))) FROM docket.ticket t),
        (SELECT count(*) FROM docket.sla_firing WHERE fired_at < scheduled_for))"""


def build_clock(directory):
    """The library that gives a process a wrong clock; clang comes with the Swift toolchain."""
    library = f"{directory}/wrong_clock.so"
    source = pathlib.Path(__file__).parent / "wrong_clock.c"
    subprocess.run([shutil.which("clang") or "cc", "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
    return library


def wrong_by(library, seconds):
    """The environment of a process whose clock is wrong."""
    return {"LD_PRELOAD": library, "WRONG_CLOCK_OFFSET": str(seconds)}


def turn_round(environment):
    """The clock that is wrong from the next start on is so to the other side."""
    environment["WRONG_CLOCK_OFFSET"] = str(-int(environment["WRONG_CLOCK_OFFSET"]))


def furthest_times(deployment):
    """(how far a recorded time is from its commit, in seconds; thresholds that came before their time)"""
    *furthest, early = json.loads(deployment.sql(TIMES))
    return max(furthest), early
