"""Wall clocks that are wrong, and what must hold in spite of them: only the database's clock decides and is recorded."""

import pathlib
import shutil
import subprocess

HOUR_S = 3600
# How far a time may lie from the server's own time of commit: transactions take a while, beside everything else on the machine.
TOLERANCE_S = 5
# Recorded times with how far each is from its commit, the furthest first of each table.
TIMES = """
    (SELECT abs(extract(epoch FROM at - pg_xact_commit_timestamp(xmin))) AS far, kind || ' by ' || actor_kind AS what FROM docket.ticket_event ORDER BY 1 DESC LIMIT 1)
    UNION ALL (SELECT abs(extract(epoch FROM f.fired_at - pg_xact_commit_timestamp(f.xmin))), 'firing' FROM docket.sla_firing f ORDER BY 1 DESC LIMIT 1)
    UNION ALL (SELECT abs(extract(epoch FROM t.updated_at - pg_xact_commit_timestamp(t.xmin))), 'ticket' FROM docket.ticket t ORDER BY 1 DESC LIMIT 1)"""
EARLY = "SELECT count(*) FROM docket.sla_firing WHERE fired_at < scheduled_for"


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
    """Figures: how far a recorded time is from its commit, in seconds, and what it is the time of; thresholds that came before their time."""
    far, what = max((float(far), what) for far, what in deployment.server.rows(TIMES, "docket"))
    early = int(deployment.sql(EARLY))
    return {"furthest_time_s": round(far, 3), "furthest": what, "early": early, "recorded_ok": early == 0 and far <= TOLERANCE_S}
