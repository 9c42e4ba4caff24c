"""A whole deployment for the chaos programs: a private PostgreSQL, the schema, tenants, and the executables, each a process of its own.

    with Deployment(tenants=3) as deployment:
        deployment.kill("dispatcher")
        deployment.start("dispatcher")

A process is named by its role, or where there are several of one, by role and number: `dispatcher-2`.
"""

import contextlib
import http.client
import json
import os
import pathlib
import random
import secrets
import signal
import subprocess
import tempfile
import time

from private_server import PrivateServer, free_port, wait_until

ROLES = ("api", "dispatcher", "scheduler", "courier")
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent


def programs():
    """Where the executables are: scripts/chaos builds them and says so."""
    given = os.environ.get("DOCKET_TEST_PROGRAMS")
    for folder in [given] if given else [REPOSITORY / ".build/release", REPOSITORY / ".build/debug"]:
        if (pathlib.Path(folder) / "docket-api").exists():
            return pathlib.Path(folder)
    raise SystemExit("the executables are not built: run scripts/chaos, or swift build")


class Tenant:
    """A tenant and what its tickets are measured by."""

    def __init__(self, slug, identifier, key):
        self.slug, self.id, self.key = slug, identifier, key
        self.agents, self.endpoint = [], None


class Deployment:
    """Context manager. The logs of the executables stand in `directory`; they are kept where a check failed (`keep()`)."""

    def __init__(self, tenants=3, agents=6, capacity=200, first_response_s=3, processes=ROLES, environments=None, settings=None):
        """`environments`: further environment variables by the name of the process, for each of its starts; `settings`: of the database server."""
        self.tenant_count, self.agent_count, self.capacity, self.first_response_s = tenants, agents, capacity, first_response_s
        self.server = PrivateServer(shared_buffers="128MB", log_min_messages="warning", track_commit_timestamp="on", **settings or {})
        self.processes = {}
        self.names, self.environments = tuple(processes), environments or {}
        self.ports = {name: (free_port(), free_port()) for name in self.names}
        self.master_key = secrets.token_hex(32)
        self.programs = programs()
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="docket-chaos-", dir="/tmp"))
        self.tenants = []
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.server)
            stack.callback(self.stop_all)
            self._prepare_database()
            for name in self.names:
                self.start(name)
            for name in self.names:
                self.wait_ready(name)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def furnish(self, webhook_url):
        """Makes each tenant's agents, queue, promises and webhook endpoint, over HTTP."""
        for tenant in self.tenants:
            self.staff(tenant)
            self.promise(tenant, {"first_response": self.first_response_s})
            self.subscribe(tenant, webhook_url)

    def staff(self, tenant):
        """Agents who are there, in one queue."""
        queue = self.call(tenant, "POST", "/v1/queues", {"name": "Support", "mode": "balanced", "default": True})["id"]
        for number in range(self.agent_count):
            agent = {"name": f"Agent {number}", "email": f"agent{number}@example.com", "capacity": self.capacity, "ramp_up_seconds": 0}
            tenant.agents.append(self.call(tenant, "POST", "/v1/agents", agent)["id"])
            self.call(tenant, "PUT", f"/v1/agents/{tenant.agents[-1]}/presence", {"status": "online", "lease_seconds": 3600})
        members = [{"agent_id": agent} for agent in tenant.agents]
        self.call(tenant, "POST", f"/v1/queues/{queue}/members", {"members": members})

    def promise(self, tenant, targets, percents=(50,), levels=()):
        """What every ticket is promised: seconds by metric, in plain time, with warnings; `levels` of a chain for whoever is told."""
        calendar = self.call(tenant, "POST", "/v1/calendars", {"name": "Always", "tz": "UTC", "always_open": True})["id"]
        metrics = [{"metric": metric, "seconds": seconds, "mode": "business"} for metric, seconds in targets.items()]
        policy = {"name": "Quick", "position": 1, "calendar_id": calendar, "targets": metrics, "warnings": [{"percent": percent} for percent in percents]}
        if levels:
            policy["chain_id"] = self.call(tenant, "POST", "/v1/escalation-chains", {"name": "Duty", "levels": levels})["id"]
        self.call(tenant, "POST", "/v1/sla-policies", policy)

    def subscribe(self, tenant, webhook_url):
        """Every event goes to one endpoint."""
        endpoint = {"url": webhook_url, "description": "chaos", "event_types": []}
        tenant.endpoint = self.call(tenant, "POST", "/v1/webhook-endpoints", endpoint)["id"]

    def call(self, tenant, method, path, body=None, etag=None):
        """One request that must succeed; returns the answer's body."""
        # What may be repeated as it is takes no idempotency key.
        repeatable = method in ("GET", "PUT") or path.endswith("/members")
        status, answer = self.request(tenant, method, path, body, None if repeatable else secrets.token_hex(16), etag)
        if status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path}: {status} {answer}")
        return answer

    def api_port(self):
        """Where the next connection goes: to any of the APIs, as a load balancer without health checks has it."""
        return self.ports[random.choice([name for name in self.names if name.startswith("api")])][0]

    def request(self, tenant, method, path, body=None, key=None, etag=None, timeout=10):
        """One request on a connection of its own; raises OSError or HTTPException where no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.api_port(), timeout=timeout)
        try:
            return send(connection, tenant, method, path, body, key, etag)
        finally:
            connection.close()

    def start(self, name):
        """Starts an executable; its output is appended to its log."""
        api, admin = self.ports[name]
        role = name.partition("-")[0]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DOCKET_")} | {
            "DOCKET_DATABASE_URL": f"postgres://docket_{role}@127.0.0.1:{self.server.port}/docket",
            "DOCKET_MASTER_KEY": self.master_key,
            "DOCKET_API_PORT": str(api),
            "DOCKET_ADMIN_PORT": str(admin),
            "DOCKET_EGRESS_LOOPBACK": "allow",
            "DOCKET_DRAIN_SECONDS": "0",
            "DOCKET_LOG_LEVEL": "info",
            "DOCKET_SQL_DIRECTORY": str(REPOSITORY / "sql"),
        } | self.environments.get(name, {})
        with open(self.directory / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                [self.programs / f"docket-{role}"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self, name):
        """kill -9, collected: when this returns, nothing of the process is left. The limit is for a machine so busy that even dying waits its turn."""
        process = self.processes[name]
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)

    def is_running(self, name):
        return self.processes[name].poll() is None

    def ended(self):
        """The processes that ended by themselves."""
        return [name for name in self.names if not self.is_running(name)]

    def wait_ready(self, name, seconds=20):
        """Waits for a readiness of 200; returns how long that took."""
        return wait_until(lambda: self._readiness(name) == 200, seconds, interval=0.02)

    def sql(self, text):
        return self.server.sql(text, database="docket")

    def doctor(self, *arguments):
        """The findings of `docket doctor`, by check."""
        answer = self.docket("doctor", "--json", *arguments, allowed=(0, 1))
        return {finding["name"]: finding for finding in json.loads(answer)["findings"]}

    def log_tail(self, name, lines=5):
        return (self.directory / f"{name}.log").read_text(errors="replace").splitlines()[-lines:]

    def _readiness(self, name):
        if not self.is_running(name):
            raise RuntimeError(f"docket-{name} ended with status {self.processes[name].returncode}: {self.log_tail(name)}")
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[name][1], timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _prepare_database(self):
        self.server.sql("CREATE DATABASE docket")
        for name in ("roles.sql", "database.sql"):
            self.sql((REPOSITORY / "sql" / name).read_text())
        self.docket("migrate", "up")
        for number in range(self.tenant_count):
            slug = f"tenant-{number}"
            identifier = self.docket("tenant", "create", slug)
            self.tenants.append(Tenant(slug, identifier, self.docket("key", "create", "--tenant", slug)))

    def docket(self, *arguments, allowed=(0,)):
        url = f"postgres://docket_migrate@127.0.0.1:{self.server.port}/docket"
        environment = {"PATH": os.environ["PATH"], "DOCKET_SQL_DIRECTORY": str(REPOSITORY / "sql")}
        command = [self.programs / "docket", *arguments, "--database-url", url]
        result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, timeout=600)
        # Status 1 is also that of a run that failed, which says nothing on stdout.
        if result.returncode not in allowed or result.returncode != 0 and not result.stdout:
            raise RuntimeError(f"docket {' '.join(arguments)} ended with status {result.returncode}")
        return result.stdout.strip()

    def stop_all(self):
        """Ends every process, as an operator does."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 15
        for process in self.processes.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def send(connection, tenant, method, path, body, key, etag=None):
    """One request on an open connection."""
    headers = {"Authorization": f"Bearer {tenant.key}"}
    if body is not None:
        headers["Content-Type"] = "application/merge-patch+json" if method == "PATCH" else "application/json"
    if key:
        headers["Idempotency-Key"] = f'"{key}"'
    if etag:
        headers["If-Match"] = etag
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    data = response.read()
    return response.status, json.loads(data) if data else None
