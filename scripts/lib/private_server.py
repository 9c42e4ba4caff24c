"""A private PostgreSQL for the benchmarks, as durable as in production, and pgbench on it.

    with PrivateServer() as server:
        best = server.pgbench_best("update t set n = n + 1 where id = :id", seconds=5)
"""

import contextlib
import csv
import dataclasses
import glob
import os
import pathlib
import pwd
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time

CONNECTIONS = (4, 8, 16, 32)


@dataclasses.dataclass(frozen=True)
class Measurement:
    """One run of pgbench."""

    transactions_per_second: float
    latency_ms: float
    connections: int


def programs():
    """The directory of the newest installed server's programs."""
    directories = glob.glob("/usr/lib/postgresql/*/bin") + [os.path.dirname(shutil.which("initdb") or "/nonexistent/initdb")]
    usable = [path for path in directories if os.access(f"{path}/initdb", os.X_OK)]
    if not usable:
        raise SystemExit("the PostgreSQL server programs are not installed")
    return pathlib.Path(max(usable, key=lambda path: int("".join(re.findall(r"/(\d+)/bin$", path)) or 0)))


def free_port():
    """A port that no outgoing connection is given while whoever listens to it is down: below the range that the system takes those from."""
    first = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for port in random.sample(range(min(first, 20_000) // 2, first), 1_000):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no port is free")


class PrivateServer:
    """Context manager: makes, starts, stops and removes a cluster. synchronous_commit and fsync are on."""

    def __init__(self, **settings):
        self.programs = programs()
        # PostgreSQL does not run as root.
        self.account = None
        if os.geteuid() == 0:
            names = [name for name in ("postgres", "nobody") if _exists(name)]
            self.account = names[0]
        self.port = free_port()
        self.settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "synchronous_commit": "on",
            "fsync": "on",
            "full_page_writes": "on",
            "max_connections": 300,
            "shared_buffers": "1GB",
            "max_wal_size": "8GB",
            "timezone": "UTC",
        } | settings

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="docket-bench-", dir="/tmp"))
        if self.account:
            entry = pwd.getpwnam(self.account)
            os.chown(self.directory, entry.pw_uid, entry.pw_gid)
        try:
            self.make()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        with contextlib.suppress(subprocess.SubprocessError):
            self.run("pg_ctl", "stop", f"--pgdata={self.directory}/data", "--mode=fast", "--silent")
        shutil.rmtree(self.directory, ignore_errors=True)

    def make(self):
        """An empty cluster."""
        data = f"{self.directory}/data"
        self.run("initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions")

    def url(self, database="postgres", user="postgres"):
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def restart(self, mode="immediate"):
        """Stops the server as asked (immediate: as a crash does) and starts it again."""
        self.stop(mode)
        self._start()

    def stop(self, mode="immediate"):
        """Stops the server as asked; ``start`` starts it again."""
        self.run("pg_ctl", "stop", f"--pgdata={self.directory}/data", f"--mode={mode}", "--silent")

    def start(self):
        self._start()

    def sql(self, text, database="postgres"):
        """Runs statements; returns what psql prints, unaligned."""
        command = [f"{self.programs}/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text, self.url(database)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def rows(self, query, database="postgres"):
        """The rows of a query as lists of text, one after the other: for what is too large to be held at once. NULL is an empty text."""
        command = [f"{self.programs}/psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-c", f"COPY ({query}) TO STDOUT (FORMAT csv)", self.url(database)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            yield from csv.reader(process.stdout)
        if process.returncode != 0:
            raise RuntimeError("psql failed")

    def pgbench(self, script, connections, seconds, database="postgres", user="postgres", variables=None, extra=(), transactions=None):
        """One run with prepared statements. `script` is a pgbench script, as text; `extra` are further arguments of pgbench; `transactions` of each
        connection instead of the time, which then only bounds the run."""
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            defines = [f"--define={name}={value}" for name, value in (variables or {}).items()]
            length = ["-T", str(seconds)] if transactions is None else ["-t", str(transactions)]
            threads = min(connections, os.cpu_count() or 1)
            command = [f"{self.programs}/pgbench", "-M", "prepared", "-n", "-c", str(connections), "-j", str(threads), *length, "-f", file.name]
            result = subprocess.run(command + defines + [*extra, self.url(database, user)], capture_output=True, text=True, timeout=seconds + 60)
        if result.returncode != 0:
            raise RuntimeError(f"pgbench failed: {result.stderr.strip()[-500:]}")
        rate = re.search(r"^tps = ([0-9.]+)", result.stdout, re.MULTILINE)
        latency = re.search(r"^latency average = ([0-9.]+) ms", result.stdout, re.MULTILINE)
        if not rate or not latency:
            raise RuntimeError("pgbench printed no result")
        return Measurement(float(rate[1]), float(latency[1]), connections)

    def pgbench_best(self, script, seconds, connections=CONNECTIONS, **options):
        """The fastest of several numbers of connections: a floor must not be low because it was run badly."""
        return max((self.pgbench(script, count, seconds, **options) for count in connections), key=lambda run: run.transactions_per_second)

    def _start(self):
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        options += f" -c unix_socket_directories={self.directory}"
        self.run("pg_ctl", "start", f"--pgdata={self.directory}/data", f"--log={self.directory}/log", "--wait", "--timeout=300", "--silent", f"--options={options}")

    def run(self, program, *arguments, is_of_server=True):
        """Runs a program of the server, or another one, as the account to which the cluster belongs."""
        command = [f"{self.programs}/{program}" if is_of_server else program, *map(str, arguments)]
        # The server inherits what pg_ctl has open: a pipe to this process would never end.
        subprocess.run(
            command, check=True, user=self.account, group=None if not self.account else pwd.getpwnam(self.account).pw_gid,
            extra_groups=[] if self.account else None, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
        )


def _exists(account):
    try:
        pwd.getpwnam(account)
        return True
    except KeyError:
        return False


def wait_until(condition, seconds, interval=0.01):
    """Polls until the condition holds; returns how long that took, or raises TimeoutError."""
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(interval)
    return time.monotonic() - start
