"""A whole deployment for the chaos programs: a private PostgreSQL, the schema, tenants, and the four executables, each a process of its own.

    with Deployment(tenants=3) as deployment:
        deployment.kill("dispatcher")
        deployment.start("dispatcher")
"""

import contextlib
import http.client
import json
import os
import pathlib
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

    def __init__(self, tenants=3, agents=6, capacity=200, first_response_s=3):
        self.tenant_count, self.agent_count, self.capacity, self.first_response_s = tenants, agents, capacity, first_response_s
        self.server = PrivateServer(shared_buffers="128MB", log_min_messages="warning")
        self.processes = {}
        self.ports = {role: (free_port(), free_port()) for role in ROLES}
        self.master_key = secrets.token_hex(32)
        self.programs = programs()
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="docket-chaos-", dir="/tmp"))
        self.tenants = []
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.server)
            stack.callback(self._stop_all)
            self._prepare_database()
            for role in ROLES:
                self.start(role)
            for role in ROLES:
                self.wait_ready(role)
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def furnish(self, webhook_url):
        """Makes each tenant's agents, queue, promises and webhook endpoint, over HTTP."""
        for tenant in self.tenants:
            queue = self.call(tenant, "POST", "/v1/queues", {"name": "Support", "mode": "balanced", "default": True})["id"]
            for number in range(self.agent_count):
                agent = {"name": f"Agent {number}", "email": f"agent{number}@example.com", "capacity": self.capacity, "ramp_up_seconds": 0}
                tenant.agents.append(self.call(tenant, "POST", "/v1/agents", agent)["id"])
                self.call(tenant, "PUT", f"/v1/agents/{tenant.agents[-1]}/presence", {"status": "online", "lease_seconds": 3600})
            members = [{"agent_id": agent} for agent in tenant.agents]
            self.call(tenant, "POST", f"/v1/queues/{queue}/members", {"members": members})
            calendar = self.call(tenant, "POST", "/v1/calendars", {"name": "Always", "tz": "UTC", "always_open": True})["id"]
            target = {"metric": "first_response", "seconds": self.first_response_s, "mode": "business"}
            policy = {"name": "Quick", "position": 1, "calendar_id": calendar, "targets": [target], "warnings": [{"percent": 50}]}
            self.call(tenant, "POST", "/v1/sla-policies", policy)
            endpoint = {"url": webhook_url, "description": "chaos", "event_types": []}
            tenant.endpoint = self.call(tenant, "POST", "/v1/webhook-endpoints", endpoint)["id"]

    def call(self, tenant, method, path, body=None):
        """One request that must succeed; returns the answer's body."""
        # What may be repeated as it is takes no idempotency key.
        repeatable = method == "PUT" or path.endswith("/members")
        status, answer = self.request(tenant, method, path, body, key=None if repeatable else secrets.token_hex(16))
        if status not in (200, 201, 204):
            raise RuntimeError(f"{method} {path}: {status} {answer}")
        return answer

    def request(self, tenant, method, path, body=None, key=None, timeout=10):
        """One request on a connection of its own; raises OSError or HTTPException where no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ports["api"][0], timeout=timeout)
        try:
            return send(connection, tenant, method, path, body, key)
        finally:
            connection.close()

    def start(self, role):
        """Starts an executable; its output is appended to its log."""
        api, admin = self.ports[role]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET_")} | {
            "DOCKET_DATABASE_URL": f"postgres://docket_{role}@127.0.0.1:{self.server.port}/docket",
            "DOCKET_MASTER_KEY": self.master_key,
            "DOCKET_API_PORT": str(api),
            "DOCKET_ADMIN_PORT": str(admin),
            "DOCKET_EGRESS_LOOPBACK": "allow",
            "DOCKET_DRAIN_SECONDS": "0",
            "DOCKET_LOG_LEVEL": "info",
            "DOCKET_SQL_DIRECTORY": str(REPOSITORY / "sql"),
        }
        with open(self.directory / f"{role}.log", "ab") as log:
            self.processes[role] = subprocess.Popen(
                [self.programs / f"docket-{role}"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self, role):
        """kill -9, collected: when this returns, nothing of the process is left."""
        process = self.processes[role]
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)

    def is_running(self, role):
        return self.processes[role].poll() is None

    def wait_ready(self, role, seconds=20):
        """Waits for a readiness of 200; returns how long that took."""
        return wait_until(lambda: self._readiness(role) == 200, seconds, interval=0.02)

    def sql(self, text):
        return self.server.sql(text, database="docket")

    def log_tail(self, role, lines=5):
        return (self.directory / f"{role}.log").read_text(errors="replace").splitlines()[-lines:]

    def _readiness(self, role):
        if not self.is_running(role):
            raise RuntimeError(f"docket-{role} ended with status {self.processes[role].returncode}: {self.log_tail(role)}")
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[role][1], timeout=2)
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
        self._docket("migrate", "up")
        for number in range(self.tenant_count):
            slug = f"tenant-{number}"
            identifier = self._docket("tenant", "create", slug)
            self.tenants.append(Tenant(slug, identifier, self._docket("key", "create", "--tenant", slug)))

    def _docket(self, *arguments):
        url = f"postgres://docket_migrate@127.0.0.1:{self.server.port}/docket"
        environment = {"PATH": os.environ["PATH"], "DOCKET_SQL_DIRECTORY": str(REPOSITORY / "sql")}
        command = [self.programs / "docket", *arguments, "--database-url", url]
        return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True, timeout=60).stdout.strip()

    def _stop_all(self):
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


def send(connection, tenant, method, path, body, key):
    """One request on an open connection."""
    headers = {"Authorization": f"Bearer {tenant.key}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key:
        headers["Idempotency-Key"] = f'"{key}"'
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    data = response.read()
    return response.status, json.loads(data) if data else None
