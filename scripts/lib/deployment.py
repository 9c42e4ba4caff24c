"""A deployment for the benchmarks: Docket's schema and the release executables on a private PostgreSQL.

    with PrivateServer() as server, Deployment(server) as desk:
        desk.seed(tenants=50, agents=1_000)
        api = desk.start("docket-api")
        load = desk.load(api, seconds=5)
"""

import contextlib
import json
import os
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

from private_server import free_port, wait_until

# The processes are on this machine: whatever proxy the environment names has nothing to do with them.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAMS = pathlib.Path(os.environ.get("DOCKET_TEST_PROGRAMS") or REPOSITORY / ".build/release")
LONGEST_START = 30


def inherited(**settings):
    """What a process of Docket gets: it refuses settings that it does not know, such as those of these programs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DOCKET_CHAOS_")} | settings


def tenant_id(index):
    """Ids that a pgbench script can compute too: see recording.py."""
    return f"00000000-0000-7000-8000-{index:012x}"


def queue_id(index):
    return f"00000000-0000-7000-8001-{index:012x}"


def processor_s(pid):
    """What a process has used of a processor's time up to now, in seconds."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Executable:
    """One running server process. `ready_s` is the time from its start to the first 200 of /readyz."""

    def __init__(self, name, environment, log):
        self.name = name
        self.admin_port = int(environment["DOCKET_ADMIN_PORT"])
        self.api_port = int(environment["DOCKET_API_PORT"])
        self.log = log
        start = time.monotonic()
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                [str(PROGRAMS / name)], env=inherited(**environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=REPOSITORY
            )
        try:
            wait_until(self._is_ready, LONGEST_START, interval=0.005)
        except TimeoutError:
            self.stop()
            raise SystemExit(f"{name} was not ready in {LONGEST_START} s: {pathlib.Path(log).read_text()[-800:]}") from None
        self.ready_s = time.monotonic() - start

    def _is_ready(self):
        if self.process.poll() is not None:
            raise SystemExit(f"{self.name} ended: {pathlib.Path(self.log).read_text()[-800:]}")
        try:
            with DIRECT.open(f"http://127.0.0.1:{self.admin_port}/readyz", timeout=1) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _status(self, field):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return 0.0

    @property
    def resident_mib(self):
        return self._status("VmRSS:")

    @property
    def peak_mib(self):
        return self._status("VmHWM:")

    @property
    def cpu_s(self):
        return processor_s(self.process.pid)

    def metric(self, name):
        """The sum of a metric's series."""
        with DIRECT.open(f"http://127.0.0.1:{self.admin_port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith((f"{name} ", f"{name}{{")))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Deployment:
    """Context manager: prepares the schema; stops what was started."""

    def __init__(self, server, database="docket"):
        self.server = server
        self.database = database
        self.running = []
        self.keys = []

    def __enter__(self):
        sql = REPOSITORY / "sql"
        self._psql(sql / "roles.sql", "postgres")
        self.server.sql(f"CREATE DATABASE {self.database}")
        self._psql(sql / "database.sql", self.database)
        self.docket("migrate", "up")
        self.sql((REPOSITORY / "scripts/lib/seed.sql").read_text())
        return self

    def __exit__(self, *_):
        self.stop()

    @contextlib.contextmanager
    def copy(self, name):
        """The same data in another database, dropped afterwards."""
        self.server.sql(f"CREATE DATABASE {name} TEMPLATE {self.database}")
        self._psql(REPOSITORY / "sql/database.sql", name)
        copy = Deployment(self.server, name)
        self.server.sql("CHECKPOINT")
        try:
            yield copy
        finally:
            copy.stop()
            self.server.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self):
        for executable in reversed(self.running):
            executable.stop()
        self.running = []

    def url(self, role="postgres"):
        return f"postgres://{role}@127.0.0.1:{self.server.port}/{self.database}"

    def sql(self, text):
        return self.server.sql(text, self.database)

    def _psql(self, path, database):
        command = [f"{self.server.programs}/psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-f", str(path), self.server.url(database)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def docket(self, *arguments, allowed=(0,)):
        environment = inherited(DOCKET_DATABASE_URL=self.url("docket_migrate"))
        result = subprocess.run([str(PROGRAMS / "docket"), *arguments], env=environment, capture_output=True, text=True, cwd=REPOSITORY)
        # Status 1 is also that of a run that failed, which says nothing on stdout.
        if result.returncode not in allowed or result.returncode != 0 and not result.stdout:
            raise SystemExit(f"docket {' '.join(arguments)}: {result.stderr.strip()[-500:]}")
        return result.stdout.strip()

    def doctor(self, *arguments):
        """The findings of `docket doctor`, by check."""
        return {finding["name"]: finding for finding in json.loads(self.docket("doctor", "--json", *arguments, allowed=(0, 1)))["findings"]}

    def seed(self, tenants, agents=0, capacity=5, promises=""):
        """Tenants with a default queue each, agents spread over them, and an SLA policy where asked, of "two" or of "all" metrics. See seed.sql."""
        self.sql(f"SELECT bench.seed_tenants({tenants}, {agents}, {capacity}, '{promises}')")

    def seed_tickets(self, count, tenants):
        """Waiting tickets, spread over the tenants."""
        self.sql(f"SELECT bench.seed_tickets({count}, {tenants})")
        self.sql("VACUUM ANALYZE")

    def issue_keys(self, tenants):
        self.keys = [self.docket("key", "create", "--tenant", f"tenant-{index}", "--name", "bench") for index in range(tenants)]

    def start(self, name, **environment):
        role = name.replace("docket-", "docket_")
        settings = {
            "DOCKET_DATABASE_URL": self.url(role),
            "DOCKET_API_PORT": str(free_port()),
            "DOCKET_ADMIN_PORT": str(free_port()),
            "DOCKET_MASTER_KEY": "00" * 32,
            "DOCKET_DRAIN_SECONDS": "0",
            "DOCKET_LOG_LEVEL": "warning",
        }
        executable = Executable(name, settings | environment, f"{self.server.directory}/{self.database}-{name}-{len(self.running)}.log")
        self.running.append(executable)
        return executable

    def load(self, api, seconds, connections=32, rate=None, requests=None, body=None, tenants=None):
        """Posts tickets; returns what docket-bench prints. Raises where a request was not answered with 201."""
        body = body or '{"subject":"The printer on floor 3 is on fire","description":"It began this morning.","channel":"api","priority":"P3"}'
        command = [str(PROGRAMS / "docket-bench"), "http", "--port", str(api.api_port), "--connections", str(connections), "--seconds", str(seconds), "--body", body]
        command += [] if rate is None else ["--rate", str(rate)]
        command += [] if requests is None else ["--requests", str(requests)]
        result = subprocess.run(command, input="\n".join(self.keys[:tenants]), capture_output=True, text=True, timeout=seconds + 60)
        if result.returncode != 0:
            raise RuntimeError(f"docket-bench failed: {result.stderr.strip()[-500:]}")
        load = json.loads(result.stdout)
        if set(load["statuses"]) != {"201"}:
            raise RuntimeError(f"not every ticket was created: {load['statuses']}")
        return load


def report(bench, ours, floor, unit, **extra):
    """Prints one result; `floor` is None where there is nothing to compare with."""
    ratio = None if floor is None else round(ours / floor, 3)
    row = {"bench": bench, "ours": rounded(ours), "floor": rounded(floor), "ratio": ratio, "unit": unit}
    print(json.dumps(row | {name: rounded(value) for name, value in extra.items()}), flush=True)


def rounded(value):
    if not isinstance(value, float):
        return value
    return round(value, 3) if abs(value) < 100 else round(value, 1)
