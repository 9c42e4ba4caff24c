#!/usr/bin/env python3
"""Continuous archiving: a base backup under load, the loss of the data directory with its log, and the restore from the backup and the archive."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_restore  # noqa: E402
from private_server import wait_until  # noqa: E402

# A segment is archived so often, whether it is full or not: what may be lost, and a second to copy it.
ARCHIVE_S = 2
COPY_S = 1


def archive(server):
    return server.directory / "archive"


def back_up(deployment):
    """Returns nothing: the horizon goes by the archive."""
    server = deployment.server
    server.run("mkdir", archive(server), is_of_server=False)
    server.sql(f"ALTER SYSTEM SET archive_command = 'cp %p {archive(server)}/%f.part && mv {archive(server)}/%f.part {archive(server)}/%f'")
    server.sql(f"ALTER SYSTEM SET archive_timeout = '{ARCHIVE_S}s'")
    server.sql("SELECT pg_reload_conf()")
    server.run(
        "pg_basebackup", f"--pgdata={server.directory}/base", "--host=127.0.0.1", f"--port={server.port}", "--username=postgres", "--checkpoint=fast",
        "--wal-method=none", "--no-manifest",
    )


def answers(server):
    """Whether the log has been replayed: before that a server counts as started, too."""
    try:
        return server.sql("SELECT 1") == "1"
    except subprocess.CalledProcessError:
        return False


def restore(deployment, last):
    server = deployment.server
    data = server.directory / "data"
    os.rename(server.directory / "base", data)
    with open(data / "postgresql.auto.conf", "a") as settings:
        settings.write(f"restore_command = 'cp {archive(server)}/%f %p'\nhot_standby = off\n")
    server.run("touch", data / "recovery.signal", is_of_server=False)
    server.start()
    wait_until(lambda: answers(server), 120, interval=0.1)
    # Events since the last segment are gone, and readers of the change feed may have gone past them.
    chaos_restore.use_up_numbers(deployment, f"'{last}'::xid8")


if __name__ == "__main__":
    sys.exit(chaos_restore.run("restore-archive", {"archive_mode": "on"}, back_up, restore, ARCHIVE_S + COPY_S))
