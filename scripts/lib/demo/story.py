"""The story: five acts, each of which checks that what it tells has happened."""

import statistics
import time

from desk import DIRECTOR, FIRST_RESPONSE, LEVEL_MINUTES
from screen import table


class Wrong(Exception):
    """What the demo shows is not what it should be."""


def require(condition, text):
    if not condition:
        raise Wrong(text)


class Story:
    def __init__(self, desks, board, clock, outside, screen, words):
        self.desks, self.board, self.clock = desks, board, clock
        self.outside, self.screen, self.words = outside, screen, words
        # Time to look, where somebody looks.
        self.pause = 0.22 if screen.is_live else 0.05

    def tell(self):
        self._open()
        self._arrive()
        self._specialist()
        self._work()
        self._silence()
        self._check_all()
        self._act("end", 4)

    def _act(self, name, pauses=3):
        self.screen.act(self.words(f"act.{name}"))
        time.sleep(self.pause * pauses)

    def _open(self):
        self._act("open", 0)
        for desk in self.desks:
            desk.open(self.outside.url(desk.company.slug), self.outside.secrets)
            for person in desk.company.people:
                if not person.is_late:
                    desk.come(person.name)
                    self.board.say(desk.company.slug, self.words("came", agent=person.name))
                    time.sleep(self.pause / 2)
        self.board.start()
        time.sleep(self.pause * 4)

    def _arrive(self):
        self._act("arrive")
        wishes = [(desk, desk.company.wishes[turn]) for turn in range(5) for desk in self.desks if turn < len(desk.company.wishes)]
        for desk, wish in wishes:
            sent = desk.send(wish)
            self.board.wait(f"{desk.company.slug} assigns “{wish.subject}”", lambda: self._agent(sent["id"]))
            person = desk.people[self._agent(sent["id"])]
            require(person.skills.get(wish.skill, 0) >= 2, f"“{wish.subject}” went to {person.name}, who does not know {wish.skill}")
            self.clock.advance(20)
            time.sleep(self.pause * 2)

    def _specialist(self):
        self._act("specialist")
        for desk in self.desks:
            wish = desk.company.special
            if not wish:
                continue
            sent = desk.send(wish)
            self.board.wait("the ticket is in the feed", lambda: sent["id"] in self.board.tickets)
            because = self._because(desk, sent["id"])
            require(because == "unroutable", f"“{wish.subject}” should wait for a specialist, but: {because}")
            self.board.say(desk.company.slug, f"#{sent['number']} " + self.words("waiting", reason=self.words(f"reason.{because}")))
            time.sleep(self.pause * 4)
            self.clock.advance(120)
            late = next(person for person in desk.company.people if person.is_late)
            desk.come(late.name)
            self.board.say(desk.company.slug, self.words("came", agent=late.name))
            self.board.wait(f"{late.name} gets “{wish.subject}”", lambda: self._agent(sent["id"]) == desk.agents[late.name])
            time.sleep(self.pause * 4)

    def _work(self):
        """Everybody answers; a third waits for the customer, a third is resolved."""
        self._act("work")
        for number, ticket in enumerate(sorted(self.board.tickets.values(), key=lambda ticket: ticket.created)):
            ticket.desk.move(ticket.id, "in_progress")
            ticket.desk.answer(ticket.id, ticket.agent, "We are on it.")
            target = (None, "waiting_customer", "resolved")[number % 3]
            if target:
                ticket.desk.move(ticket.id, target)
            self.clock.advance(5)
            time.sleep(self.pause)
        expected = len(self.board.tickets)
        self.board.wait("every answer is in the feed", lambda: self.board.count("ticket.message_added") >= expected)
        for ticket in list(self.board.tickets.values()):
            timers = ticket.desk.client.get(f"/v1/tickets/{ticket.id}/timers")["data"]
            states = {timer["metric"]: timer["state"] for timer in timers}
            require(states.get("first_response") == "met", f"#{ticket.number} was answered, but its first response is {states.get('first_response')}")
            wanted = {"waiting_customer": "paused", "resolved": "met"}.get(ticket.state, "running")
            require(states.get("resolution") == wanted, f"#{ticket.number} is {ticket.state}, but its resolution is {states.get('resolution')}")

    def _silence(self):
        self._act("silence")
        desk = next(desk for desk in self.desks if desk.company.silent)
        sent = desk.send(desk.company.silent)
        ticket = sent["id"]
        self.board.wait("the urgent ticket is assigned", lambda: self._agent(ticket))
        before = self._agent(ticket)
        minutes = FIRST_RESPONSE[int(sent["priority"][1:]) - 1]
        for minute in range(minutes + 2 * LEVEL_MINUTES):
            self.clock.advance(60)
            if minute % 20 == 19:
                self.keep_present()
            time.sleep(self.pause)
        self.board.wait("the warning fires", lambda: self.board.count("sla.warned", ticket) >= 1)
        self.board.wait("the breach is recorded", lambda: self.board.count("sla.breached", ticket) >= 1)
        self.board.wait("three levels of escalation fire", lambda: len(self._levels(ticket)) >= 3)
        require([event["data"]["level"] for event in self._levels(ticket)] == [0, 1, 2], "the levels did not fire once each, in order")
        fired = [(event["type"], *(event["data"][name] for name in ("metric", "threshold", "target_version"))) for event in self._fired(ticket)]
        require(len(fired) == len(set(fired)), f"a timer fired twice: {fired}")
        head = desk.agents[desk.company.leader]
        self.board.wait("the head of the group has the ticket", lambda: self._agent(ticket) == head)
        director = DIRECTOR.format(slug=desk.company.slug)
        addresses = [f"agent{list(desk.agents.values()).index(agent) + 1}@{desk.company.slug}.example" for agent in (before, head)] + [director]
        own = f"@{desk.company.slug}.example"
        # Another company's lead was told of a ticket that nobody there could take.
        self.board.wait("the mails are delivered", lambda: sorted(mail[0] for mail in list(self.outside.mails) if mail[0].endswith(own)) == sorted(addresses))
        self.board.wait("the priority is raised", lambda: self.board.tickets[ticket].priority == int(sent["priority"][1:]) - 1)
        time.sleep(self.pause * 6)
        desk.move(ticket, "in_progress")
        desk.answer(ticket, head, "Sorry for the wait: a technician is on the way.")
        desk.move(ticket, "resolved")
        time.sleep(self.pause * 4)

    def keep_present(self):
        """Repeats that everybody is there who came."""
        for desk in self.desks:
            for person in desk.company.people:
                desk.come(person.name)

    def _check_all(self):
        """The end as the API tells it, not as the feed did."""
        board = self.board
        self.timers = []
        for desk in self.desks:
            listed = desk.client.get("/v1/tickets?limit=200")["data"]
            require(len(listed) == len(board.of(desk)), f"{desk.company.slug}: the list has {len(listed)} tickets, the feed {len(board.of(desk))}")
            for ticket in listed:
                require(ticket["assignee_id"], f"{desk.company.slug} #{ticket['number']} has no agent")
                self.timers += desk.client.get(f"/v1/tickets/{ticket['id']}/timers")["data"]
            for agent, person in desk.people.items():
                load = desk.client.get(f"/v1/agents/{agent}/workload")["load"]
                held = [ticket for ticket in listed if ticket["assignee_id"] == agent and ticket["state"] in ("assigned", "in_progress")]
                require(load == len(held), f"{person.name} has {len(held)} tickets in work, but a load of {load}")
        happened = {(event["ticket_id"], event["sequence"]) for event in board.events}
        require(len(happened) == len(board.events), "the feed told an event twice")
        board.wait("every event is delivered as a webhook", lambda: happened <= self._delivered(), 30)
        require(self.outside.forged == 0, "a webhook came with a wrong signature")

    def summary(self):
        words, board = self.words, self.board
        waits = [ticket.wait_ms for ticket in board.tickets.values()]
        kept = sum(timer["state"] == "met" for timer in self.timers)
        broken = sum(timer["state"].startswith("breached") for timer in self.timers)
        levels = sum(event["type"] == "escalation.fired" and event["data"]["outcome"] == "fired" for event in board.events)
        minutes = (self.clock.now() - self.clock.began).total_seconds() / 60
        return table([
            (words("sum.tickets"), len(board.tickets)),
            (words("sum.assigned"), sum(ticket.agent is not None for ticket in board.tickets.values())),
            (words("sum.median"), f"{statistics.median(waits):,.0f} ms"),
            (words("sum.kept"), kept),
            (words("sum.broken"), broken),
            (words("sum.levels"), levels),
            (words("sum.mails"), len(self.outside.mails)),
            (words("sum.webhooks"), f"{len(self.outside.webhooks)} ({words('signed')})"),
            (words("sum.time"), f"{minutes:,.0f} {words('minutes')}"),
        ])

    def _agent(self, ticket):
        known = self.board.tickets.get(ticket)
        return known.agent if known else None

    def _because(self, desk, ticket):
        """Why a ticket waits, once the dispatcher has looked at it."""
        end = time.monotonic() + 10
        while True:
            answer = desk.client.get(f"/v1/tickets/{ticket}/routing-explanation")
            if answer.get("waits_because") or answer["status"] != "waiting" or time.monotonic() > end:
                return answer.get("waits_because") or answer["status"]
            time.sleep(0.05)

    def _levels(self, ticket):
        with self.board.lock:
            return [
                event for event in self.board.events
                if event["ticket_id"] == ticket and event["type"] == "escalation.fired" and event["data"]["outcome"] == "fired"
            ]

    def _fired(self, ticket):
        with self.board.lock:
            return [event for event in self.board.events if event["ticket_id"] == ticket and event["type"] in ("sla.warned", "sla.breached")]

    def _delivered(self):
        with self.outside.lock:
            return {(message["data"]["ticket_id"], message["data"]["sequence"]) for _, _, message in self.outside.webhooks}
