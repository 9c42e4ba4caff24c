"""What the demo knows: read from the change feeds of the companies, the agents' workloads and the tickets' clocks."""

import dataclasses
import datetime
import threading
import time
import urllib.parse


def parse(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


@dataclasses.dataclass
class Ticket:
    desk: object
    id: str
    number: int
    subject: str
    priority: int
    created: datetime.datetime
    state: str = "new"
    agent: str = None
    wait_ms: float = None
    timers: list = dataclasses.field(default_factory=list)
    is_stale: bool = True
    changed: int = 0


@dataclasses.dataclass(frozen=True)
class Line:
    """Something that happened, for people."""

    at: datetime.datetime
    company: str
    text: str


class Board:
    """Thread-safe. Every feed has a thread that follows it; `on_line` is called for each line, on that thread."""

    def __init__(self, desks, words, clock):
        self.desks, self.words, self.clock = desks, words, clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.tickets, self.lines, self.events, self.loads = {}, [], [], {}
        self.failure = None
        self.act = ""
        self.on_line = lambda line: None
        self.stopping = threading.Event()
        self.threads = []

    def start(self):
        for desk in self.desks:
            self.threads.append(threading.Thread(target=self._follow, args=(desk,), daemon=True))
            self.threads[-1].start()

    def stop(self):
        self.stopping.set()

    def wait(self, what, condition, seconds=15):
        """Waits until the condition holds; raises with `what` it waited for."""
        end = time.monotonic() + seconds
        with self.changed:
            while not condition():
                if self.failure:
                    raise RuntimeError(f"the change feed broke off: {self.failure}")
                if time.monotonic() > end:
                    raise RuntimeError(f"waited {seconds} s in vain for: {what}")
                self.changed.wait(0.1)

    def say(self, company, text, at=None):
        line = Line(at or self.clock.now(), company, text)
        with self.changed:
            self.lines.append(line)
            self.changed.notify_all()
        self.on_line(line)

    def refresh(self):
        """Asks for the clocks of tickets that have changed, and for every agent's load."""
        with self.lock:
            stale = [ticket for ticket in self.tickets.values() if ticket.is_stale]
            for ticket in stale:
                ticket.is_stale = False
        for ticket in stale:
            ticket.timers = ticket.desk.client.get(f"/v1/tickets/{ticket.id}/timers")["data"]
        for desk in self.desks:
            for agent in list(desk.people):
                self.loads[agent] = desk.client.get(f"/v1/agents/{agent}/workload")

    def count(self, kind, ticket=None):
        """How many events of a kind the feeds have told."""
        with self.lock:
            return sum(1 for event in self.events if event["type"] == kind and ticket in (None, event["ticket_id"]))

    def of(self, desk):
        with self.lock:
            return [ticket for ticket in self.tickets.values() if ticket.desk is desk]

    def _follow(self, desk):
        cursor = ""
        try:
            while not self.stopping.is_set():
                page = desk.client.get(f"/v1/events?limit=200&wait=10{cursor}")
                cursor = "&after=" + urllib.parse.quote(page["next_cursor"])
                for event in page["data"]:
                    self._take(desk, event)
        except Exception as error:  # told to whoever waits
            if not self.stopping.is_set():
                with self.changed:
                    self.failure = error
                    self.changed.notify_all()

    def _take(self, desk, event):
        with self.changed:
            text = self._apply(desk, event)
            self.events.append(event)
            self.changed.notify_all()
        if text:
            ticket = self.tickets[event["ticket_id"]]
            self.say(desk.company.slug, f"#{ticket.number} {text}", parse(event["at"]))

    def _apply(self, desk, event):
        """Takes the event in. Returns what is to be said of it, if anything."""
        data, words, kind = event["data"], self.words, event["type"]
        if kind == "ticket.created":
            content = data["content"]
            ticket = Ticket(desk, event["ticket_id"], data["number"], content["subject"], int(content["priority"][1:]), parse(event["at"]), data["state"])
            self.tickets[ticket.id] = ticket
            ticket.changed = len(self.events)
            return words("created", subject=ticket.subject, priority=ticket.priority)
        ticket = self.tickets[event["ticket_id"]]
        ticket.is_stale, ticket.changed = True, len(self.events)
        if kind == "ticket.assigned":
            before, ticket.agent = ticket.agent, data["agent_id"]
            if before:
                return words("reassigned", agent=self._name(desk, ticket.agent), before=self._name(desk, before), cause=data["cause"])
            if ticket.wait_ms is None:
                ticket.wait_ms = (parse(event["at"]) - ticket.created).total_seconds() * 1000
            wait = words("ms", value=f"{ticket.wait_ms:.0f}") if ticket.wait_ms < 1000 else words("s", value=f"{ticket.wait_ms / 1000:,.0f}")
            return words("took", agent=self._name(desk, ticket.agent), wait=wait)
        if kind == "ticket.unassigned":
            before, ticket.agent = ticket.agent, None
            return words("unassigned", agent=self._name(desk, before))
        if kind == "ticket.state_changed":
            ticket.state = data["to"]
            # An assignment says it already.
            return None if data["to"] == "assigned" else words("moved", before=words(data["from"]), after=words(data["to"]))
        if kind == "ticket.message_added" and event["actor"]["type"] in ("agent", "api"):
            return words("answered", agent=self._name(desk, ticket.agent))
        if kind == "ticket.updated" and "priority" in data["changed"]:
            before, ticket.priority = ticket.priority, int(data["after"]["priority"][1:])
            return words("raised", before=before, after=ticket.priority)
        if kind == "sla.warned":
            # With a raised priority comes a shorter promise; that its warning is due as well is no news.
            percent = data["threshold"].removeprefix("percent:")
            return words("warned", metric=words(data["metric"]), percent=percent) if data["target_version"] == 1 else None
        if kind == "sla.breached":
            name = "breached" if data["target_version"] == 1 else "breached_again"
            return words(name, metric=words(data["metric"]), priority=ticket.priority)
        if kind == "escalation.fired" and data["outcome"] == "fired":
            told = ", ".join(self._name(desk, agent) for agent in data["notified"])
            return words("escalated", level=data["level"] + 1, who=told or words("director"))
        return None

    @staticmethod
    def _name(desk, agent):
        return desk.people[agent].name if agent in desk.people else "?"
