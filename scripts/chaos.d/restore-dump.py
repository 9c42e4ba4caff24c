#!/usr/bin/env python3
"""A dump under load, the loss of the whole cluster, and the dump in a new one: all of what was acknowledged before the dump is there, and work goes on."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_restore  # noqa: E402
from chaos_deployment import REPOSITORY  # noqa: E402

EPOCH = "SELECT div(max(xid)::text::numeric, 4294967296) + 1 FROM docket.ticket_event"


def dump_path(deployment):
    return deployment.directory / "docket.dump"


def dump(deployment):
    """As docket_backup, which sees all tenants. Returns when it began: what was committed before is in it."""
    server, begin = deployment.server, time.time()
    command = [f"{server.programs}/pg_dump", "--format=custom", f"--file={dump_path(deployment)}", server.url("docket", "docket_backup")]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=120)
    return begin


def restore(deployment, _):
    server = deployment.server
    server.make()
    server.start()
    server.sql((REPOSITORY / "sql/roles.sql").read_text())
    server.sql("CREATE DATABASE docket ENCODING 'UTF8' TEMPLATE template0")
    server.sql("ALTER DATABASE docket SET timezone TO 'UTC'")
    command = [f"{server.programs}/pg_restore", "--exit-on-error", f"--dbname={server.url('docket')}", str(dump_path(deployment))]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=300)
    deployment.sql((REPOSITORY / "sql/database.sql").read_text())
    # The change feed goes by the numbers of transactions, and a new cluster begins with the first.
    epoch = deployment.sql(EPOCH)
    server.stop("fast")
    server.run("pg_resetwal", f"--epoch={epoch}", f"--pgdata={server.directory}/data")
    server.start()


if __name__ == "__main__":
    sys.exit(chaos_restore.run("restore-dump", {}, dump, restore, allowed_loss_s=None))
