"""People, many of them, who assign, claim, release, answer and move the same tickets that dispatchers assign; they remember what was acknowledged."""

import collections
import random
import threading
import time

from chaos_load import PATIENCE_S, Client

# How often each is done, of a hundred.
OPERATIONS = {
    "create": 14, "assign": 5, "claim": 8, "release": 22, "resolve": 14, "wait": 5, "work": 6, "reply": 8, "requester": 3, "accept": 9, "decline": 4, "return": 2,
}
STATES = {"resolve": "resolved", "wait": "waiting_customer", "work": "in_progress"}
# Each tenant's tickets that everybody works on: few, so that they meet.
HOT = 60


class Writers:
    """Threads that write until `limit` operations were answered, or `stop()`."""

    def __init__(self, deployment, queues, seed, limit, threads=16):
        self.deployment, self.queues, self.seed, self.limit, self.patience_s = deployment, queues, seed, limit, PATIENCE_S
        self.lock = threading.Lock()
        self.statuses, self.operations = collections.Counter(), collections.Counter()
        self.successes, self.problems = [], []
        self.acknowledged = collections.defaultdict(list)
        self.hot = {tenant.id: collections.deque() for tenant in deployment.tenants}
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(threads)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=60)
            if thread.is_alive():
                self._report("a writer did not end")

    @property
    def count(self):
        return sum(self.operations.values())

    def _report(self, text):
        with self.lock:
            if len(self.problems) < 20:
                self.problems.append(text)

    def _write(self, number):
        chance = random.Random(self.seed * 1000 + number)
        client = Client(self)
        names, weights = list(OPERATIONS), list(OPERATIONS.values())
        count = 0
        while not self.ended.is_set() and self.count < self.limit:
            count += 1
            tenant = chance.choice(self.deployment.tenants)
            operation = chance.choices(names, weights)[0]
            try:
                self._do(operation, client, chance, tenant, f"w{number}-{count}")
            except IndexError:
                # Nothing there yet to do it to.
                time.sleep(0.001)
            except Exception as error:
                self._report(f"{operation}: {error!r}")
                self.ended.set()
                raise
            with self.lock:
                self.successes.clear()

    def _do(self, operation, client, chance, tenant, key):
        agent = chance.choice(tenant.agents)
        if operation == "create":
            body = {
                "subject": f"Ticket {key}", "external_ref": key, "queue_id": chance.choice(self.queues[tenant.id]), "weight": chance.choice([1, 1, 1, 2, 3]),
                "channel": chance.choice(["api", "email", "phone"]), "priority": chance.choice(["P1", "P2", "P3", "P4"]),
            }
            ticket = self._send(client, tenant, "/v1/tickets", body, key, "create", None)
            if ticket:
                self._add(client, tenant, ticket, key)
            return
        if operation == "return":
            # Who missed too many offers is away until he says that he is back.
            client.send(tenant, "PUT", f"/v1/agents/{agent}/presence", {"status": "online", "lease_seconds": 3600, "back": True}, None)
            return
        if operation in ("accept", "decline"):
            _, offers = client.send(tenant, "GET", f"/v1/agents/{agent}/offers", None, None) or (None, {"data": []})
            ticket = chance.choice([offer["id"] for offer in offers["data"]])
            self._send(client, tenant, f"/v1/tickets/{ticket}/offer/{operation}", {"agent_id": agent}, key, operation, agent)
            return
        path = f"/v1/tickets/{chance.choice(self.hot[tenant.id])}"
        if operation in ("assign", "claim"):
            self._send(client, tenant, f"{path}/{operation}", {"agent_id": agent}, key, operation, agent)
        elif operation == "release":
            self._send(client, tenant, f"{path}/release", None, key, operation, None)
        elif operation in STATES:
            self._send(client, tenant, f"{path}/transition", {"state": STATES[operation]}, key, "transition", None)
        else:
            author = {"type": "agent", "agent_id": agent} if operation == "reply" else {"type": "requester"}
            self._send(client, tenant, f"{path}/replies", {"body": "A word.", "author": author}, key, "reply", None)

    def _add(self, client, tenant, ticket, key):
        """Puts a ticket among those that everybody works on, and gets the oldest of them done: else agents would be full of forgotten ones."""
        hot = self.hot[tenant.id]
        with self.lock:
            oldest = hot.popleft() if len(hot) == HOT else None
            hot.append(ticket)
        if oldest:
            self._send(client, tenant, f"/v1/tickets/{oldest}/transition", {"state": "resolved"}, f"{key}-done", "transition", None)

    def _send(self, client, tenant, path, body, key, operation, wanted):
        """Sends one write; remembers what was answered. Returns the ticket's id where it was done."""
        answer = client.send(tenant, "POST", path, body, key)
        if answer is None:
            return None
        status, ticket = answer
        with self.lock:
            self.operations[operation if status < 300 else "refused"] += 1
            if status < 300:
                version = int(ticket["etag"].strip('"').partition("-")[0])
                self.acknowledged[f"{tenant.id}/{ticket['id']}"].append((version, operation, wanted))
        return ticket["id"] if status < 300 else None
