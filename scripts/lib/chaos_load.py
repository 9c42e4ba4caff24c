"""Load with a memory: clients that know what was acknowledged to them, and a receiver that knows what it was told.

A client repeats a request with the same idempotency key until it gets a final answer, as a careful caller does.
"""

import collections
import http.client
import http.server
import json
import random
import threading
import time

from chaos_deployment import send

# What is no final answer: the server says that a repetition may succeed.
UNDECIDED = {429, 503}


class Receiver:
    """Context manager: an HTTP server that takes every webhook and notes its id."""

    def __enter__(self):
        self.lock = threading.Lock()
        self.first = {}
        self.times = collections.Counter()
        # How far a webhook's own time was from its arrival.
        self.largest_skew_s = 0.0
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                identifier = self.headers["webhook-id"]
                skew = abs(time.time() - int(self.headers["webhook-timestamp"]))
                with receiver.lock:
                    receiver.largest_skew_s = max(receiver.largest_skew_s, skew)
                    receiver.times[identifier] += 1
                    receiver.first.setdefault(identifier, (time.time(), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            # A sender that is killed breaks its connections: that is what these programs are for.
            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def forget(self, kept):
        """Leaves only the arrivals with these ids: what is told of the others no longer happened."""
        with self.lock:
            for identifier in self.first.keys() - kept:
                del self.first[identifier], self.times[identifier]

    def snapshot(self):
        """The first arrival by webhook id, and how many arrivals were repetitions."""
        with self.lock:
            return dict(self.first), sum(self.times.values()) - len(self.times)


# How long a client repeats a request without a final answer, unless told.
PATIENCE_S = 45


class Load:
    """Threads that create tickets, answer, release and resolve them, until `stop()`.

    `tenants`: whose tickets, all tenants' unless told. `patience_s`: how long a client repeats a request without a final answer. `name`: begins the keys,
    of which two loads on one database must share none.
    """

    def __init__(self, deployment, seed, workers=6, pause_s=0.12, tenants=None, patience_s=PATIENCE_S, name="c"):
        self.name = name
        self.deployment, self.seed, self.pause_s, self.patience_s = deployment, seed, pause_s, patience_s
        self.tenants = tenants or deployment.tenants
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.successes = []
        self.statuses = collections.Counter()
        self.problems = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(workers)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Lets each client finish what it has begun."""
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=60)
            if thread.is_alive():
                self._report("a client did not end")

    def replay(self, count=50):
        """Sends some acknowledged creations again: each must be answered with the ticket that it made. Returns how many were not."""
        wrong = 0
        sample = random.Random(self.seed).sample(sorted(self.acknowledged), min(count, len(self.acknowledged)))
        for key in sample:
            tenant, identifier = self.acknowledged[key]
            status, answer = self.deployment.request(tenant, "POST", "/v1/tickets", self._ticket(key), key=key)
            if status != 201 or answer["id"] != identifier:
                self._report(f"the repetition of {key} was answered {status} {answer}")
                wrong += 1
        return wrong

    def _report(self, text):
        with self.lock:
            if len(self.problems) < 20:
                self.problems.append(text)

    @staticmethod
    def _ticket(key):
        return {"subject": f"Ticket {key}", "external_ref": key, "priority": "P2"}

    def _work(self, number):
        chance = random.Random(self.seed * 1000 + number)
        client = Client(self)
        open_tickets = collections.deque()
        count = 0
        while not self.ended.is_set():
            tenant = chance.choice(self.tenants)
            key = f"{self.name}{number}-{count}"
            count += 1
            answer = client.send(tenant, "POST", "/v1/tickets", self._ticket(key), key)
            if answer:
                status, body = answer
                if status == 201:
                    with self.lock:
                        self.acknowledged[key] = (tenant, body["id"])
                    open_tickets.append((time.monotonic(), tenant, body["id"], chance.choice(["resolve", "resolve", "reply", "release", "breach"])))
                else:
                    self._report(f"create: {status} {body}")
            while open_tickets and time.monotonic() - open_tickets[0][0] > 1:
                self._follow(client, chance, open_tickets)
            time.sleep(self.pause_s * chance.uniform(0.5, 1.5))

    def _follow(self, client, chance, open_tickets):
        begun, tenant, ticket, step = open_tickets.popleft()
        if step == "release":
            # Refused where nobody has it yet: then there is nothing to release.
            client.send(tenant, "POST", f"/v1/tickets/{ticket}/release", None, f"release-{ticket}")
            open_tickets.append((time.monotonic(), tenant, ticket, "resolve"))
        elif step == "reply":
            body = {"body": "We are on it.", "author": {"type": "agent", "agent_id": chance.choice(tenant.agents)}}
            client.send(tenant, "POST", f"/v1/tickets/{ticket}/replies", body, f"reply-{ticket}")
            open_tickets.append((time.monotonic(), tenant, ticket, "resolve"))
        elif step == "breach":
            open_tickets.append((time.monotonic() + self.deployment.first_response_s, tenant, ticket, "resolve"))
        else:
            client.send(tenant, "POST", f"/v1/tickets/{ticket}/transition", {"state": "resolved"}, f"resolve-{ticket}")


class Client:
    """One connection, opened anew where it is lost."""

    def __init__(self, load):
        self.load, self.connection = load, None

    def send(self, tenant, method, path, body, key):
        """Repeats the request until its answer is final; returns status and body, or None where the patience ended."""
        deadline = time.monotonic() + self.load.patience_s
        while time.monotonic() < deadline:
            begin = time.time()
            try:
                status, answer = self._send_once(tenant, method, path, body, key)
            except (OSError, http.client.HTTPException, ValueError):
                self._drop()
                status = None
            with self.load.lock:
                self.load.statuses[status or "no answer"] += 1
                if status and status < 300:
                    self.load.successes.append((begin, time.time()))
            if status is None or status in UNDECIDED or (status == 409 and answer.get("code") == "idempotency-in-progress"):
                time.sleep(0.05)
                continue
            # 409: somebody was faster, a scheduler or a dispatcher for example.
            if status >= 300 and status != 409:
                self.load._report(f"{method} {path}: {status} {answer}")
            return status, answer
        self.load._report(f"{method} {path}: no final answer in {self.load.patience_s} s")
        return None

    def _send_once(self, tenant, method, path, body, key):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.load.deployment.api_port(), timeout=20)
        return send(self.connection, tenant, method, path, body, key)

    def _drop(self):
        if self.connection:
            self.connection.close()
        self.connection = None
