"""Many tickets whose promises fall due at about the same time, made over HTTP by clients that remember what was acknowledged to them."""

import itertools
import threading

from chaos_load import Client, Load

# Of ten tickets of a tenant: the places of those that are solved in time, only answered in time, and answered and solved late.
SOLVED, ANSWERED, LATE = {0}, {1}, {2, 3}


class Storm(Load):
    """Half of the tickets are the first tenant's, the others share the rest."""

    def __init__(self, deployment, seed, tickets, tenants, patience_s, workers=12):
        super().__init__(deployment, seed, workers, tenants=tenants, patience_s=patience_s)
        self.count = tickets
        self.places = itertools.count()
        self.late = []

    def create(self):
        """Returns when every ticket is made, and those that are answered in time are answered."""
        self.start()
        for thread in self.threads:
            thread.join()

    def start_late_answers(self):
        """Clients that answer the late ones from now on, however long they get no answer; `stop()` waits for them."""
        self.threads = [threading.Thread(target=self._answer_late, daemon=True) for _ in self.threads]
        self.start()

    def _work(self, number):
        client = Client(self)
        while (place := next(self.places)) < self.count and not self.ended.is_set():
            half, rest = divmod(place, 2)
            tenant = self.tenants[1 + half % (len(self.tenants) - 1)] if rest else self.tenants[0]
            key = f"s{place}"
            answer = client.send(tenant, "POST", "/v1/tickets", self._ticket(key), key)
            if not answer or answer[0] != 201:
                self._report(f"create: {answer}")
                continue
            ticket = answer[1]["id"]
            with self.lock:
                self.acknowledged[key] = (tenant, ticket)
            # The tenants' tickets are mixed evenly.
            kind = half // (len(self.tenants) - 1) % 10
            if kind in SOLVED | ANSWERED:
                self._answer(client, tenant, ticket, kind in SOLVED)
            elif kind in LATE:
                with self.lock:
                    self.late.append((tenant, ticket))

    def _answer_late(self):
        client = Client(self)
        while True:
            with self.lock:
                if not self.late:
                    return
                tenant, ticket = self.late.pop()
            self._answer(client, tenant, ticket, True)

    @staticmethod
    def _answer(client, tenant, ticket, is_solved):
        body = {"body": "We are on it.", "author": {"type": "agent", "agent_id": tenant.agents[0]}}
        client.send(tenant, "POST", f"/v1/tickets/{ticket}/replies", body, f"reply-{ticket}")
        if is_solved:
            client.send(tenant, "POST", f"/v1/tickets/{ticket}/transition", {"state": "resolved"}, f"resolve-{ticket}")
