"""The peer of the dispatch benchmark: pgqueuer (PyPI) working no-op jobs on the same server, with asyncpg, and uvloop as its own benchmark does.

Run as a program with a database URL: enqueues jobs, works them off, prints jobs a second. Needs `pip install pgqueuer asyncpg uvloop`; BENCH_PYTHON
names an interpreter that has them, if this is not one.
"""

import asyncio
import json
import os
import subprocess
import sys
import time

JOBS, BATCH = 20_000, 100


async def work(url):
    import asyncpg
    from pgqueuer import PgQueuer
    from pgqueuer.db import AsyncpgDriver
    from pgqueuer.types import QueueExecutionMode

    driver = AsyncpgDriver(await asyncpg.connect(url))
    queuer = PgQueuer(driver)
    await queuer.qm.queries.install()
    for _ in range(JOBS // 1_000):
        await queuer.qm.queries.enqueue(["noop"] * 1_000, [None] * 1_000, [0] * 1_000)

    @queuer.entrypoint("noop")
    async def noop(job):
        pass

    start = time.monotonic()
    await queuer.qm.run(batch_size=BATCH, mode=QueueExecutionMode.drain)
    return JOBS / (time.monotonic() - start)


def compare(server, ours):
    """Prints the peer's figure, and ours as a ratio to it; says so where the peer is not installed."""
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import pgqueuer, asyncpg"], capture_output=True).returncode != 0:
        print("dispatch: pgqueuer is not installed, so there is no comparison with it", file=sys.stderr)
        return
    server.sql("CREATE DATABASE pgqueuer")
    result = subprocess.run([python, __file__, server.url("pgqueuer")], capture_output=True, text=True, timeout=300)
    server.sql("DROP DATABASE pgqueuer WITH (FORCE)")
    if result.returncode != 0:
        raise RuntimeError(f"pgqueuer failed: {result.stderr.strip()[-500:]}")
    value = float(result.stdout)
    print(json.dumps({"bench": "dispatch", "peer": "pgqueuer no-op jobs", "value": round(value, 1), "ratio": round(ours / value, 2), "goal": 1, "unit": "jobs/s"}), flush=True)


if __name__ == "__main__":
    try:
        import uvloop

        uvloop.install()
    except ImportError:
        pass
    print(asyncio.run(work(sys.argv[1])))
