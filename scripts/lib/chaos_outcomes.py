"""What each promise must have come to, computed from the events alone by other means than the product's: created, answered, solved.

For promises in plain time that nothing pauses, on tickets that are answered and solved at most once each.
"""

import collections

EVENTS = """
    SELECT e.tenant_id, e.ticket_id, e.seq, e.kind, (extract(epoch FROM e.at) * 1000000)::bigint, coalesce(e.data ->> 'metric', ''), coalesce(e.data ->> 'instance', ''),
        coalesce(e.data ->> 'threshold', ''), (extract(epoch FROM (e.data ->> 'scheduledFor')::timestamptz) * 1000000)::bigint,
        coalesce(e.data ->> 'to', e.data ->> 'author', ''), coalesce(e.data ->> 'isPublic', ''), coalesce(e.data ->> 'runID', ''), coalesce(e.data ->> 'round', ''),
        coalesce(e.data ->> 'level', ''), coalesce(e.data ->> 'outcome', '')
    FROM docket.ticket_event e
    WHERE e.kind IN ('ticket.created', 'ticket.message_added', 'ticket.state_changed', 'sla.warned', 'sla.breached', 'escalation.fired')
    ORDER BY e.tenant_id, e.ticket_id, e.seq"""
FIRINGS = """
    SELECT f.tenant_id, f.ticket_id, f.metric, f.instance, f.threshold, (extract(epoch FROM f.scheduled_for) * 1000000)::bigint
    FROM docket.sla_firing f ORDER BY f.tenant_id, f.ticket_id"""
TIMERS = "SELECT s.tenant_id, s.ticket_id, s.metric, s.instance, s.outcome FROM docket.sla_timer s"
RUNS = "SELECT r.tenant_id, r.ticket_id, r.trigger, r.id, r.state FROM docket.escalation_run r"
LEVELS = "SELECT f.tenant_id, f.run_id, f.round, f.level, f.outcome FROM docket.escalation_firing f"

Event = collections.namedtuple("Event", "tenant ticket seq kind at metric instance threshold scheduled what public run round level outcome")
# A threshold or a level that was due, as both the history and the tables name it.
Threshold = collections.namedtuple("Threshold", "tenant ticket metric instance threshold scheduled")
DOUBLED = {"thresholds_doubled", "levels_doubled", "outcomes_doubled"}


class Ticket:
    """One ticket as far as its promises are concerned."""

    def __init__(self, created):
        self.created, self.answered, self.solved = created, None, None

    def apply(self, event):
        if event.kind == "ticket.message_added" and event.public == "true" and event.what == "agent" and self.answered is None:
            self.answered = event.at
        elif event.kind == "ticket.state_changed" and event.what == "resolved":
            self.solved = event.at

    def end(self, metric):
        """When the promise counted no longer; infinite where it still does. The wait for the first answer rests while the ticket is solved."""
        ends = [self.solved] + ([self.answered] if metric == "first_response" else [])
        return min((end for end in ends if end is not None), default=float("inf"))

    def outcome(self, metric, is_breached):
        """Solved without an answer, the promise of one is still open: the ticket may come back."""
        if is_breached:
            return "breached"
        is_kept = self.solved is not None if metric == "resolution" else self.answered is not None
        return "met" if is_kept else "running"

    def thresholds(self, seconds, percents, metric):
        """The thresholds that the promise passed before its end: breached is what took longer than promised, not what took as long."""
        marks = {f"percent:{percent}": self.created + seconds * percent * 10_000 for percent in percents} | {"breach": self.created + seconds * 1_000_000}
        return {threshold: at for threshold, at in marks.items() if at < self.end(metric)}


class Histories:
    """One pass over all events."""

    def __init__(self, server):
        self.tickets, self.thresholds, self.levels = {}, collections.Counter(), collections.Counter()
        # The clocks that passed a threshold while they counted, and not only when somebody stopped them late: then nobody need be called.
        self.alarmed = set()
        self.notified, self.runs = [], {}
        self.disorder = collections.Counter()
        latest = {}
        for row in server.rows(EVENTS, "docket"):
            event = Event(*row[:2], int(row[2]), row[3], int(row[4]), *row[5:8], int(row[8] or 0), *row[9:])
            key = (event.tenant, event.ticket)
            if event.kind == "ticket.created":
                self.tickets[key] = Ticket(event.at)
            elif event.kind == "escalation.fired":
                self._level(event)
            elif event.kind.startswith("sla."):
                # Thresholds of one ticket are recorded in the order of their times, whichever clock they belong to.
                self.disorder["thresholds_out_of_order"] += event.scheduled < latest.get(key, 0)
                latest[key] = event.scheduled
                self.thresholds[Threshold(*key, event.metric, event.instance, event.threshold, event.scheduled)] += 1
                if self.tickets[key].end(event.metric) > event.at:
                    self.alarmed.add((*key, f"{event.metric}:{event.instance}"))
            else:
                self.tickets[key].apply(event)

    def _level(self, event):
        step = (int(event.round), int(event.level))
        last = self.runs.get(event.run)
        self.disorder["levels_out_of_order"] += last is not None and last >= step and event.outcome == "fired"
        self.runs[event.run] = step
        self.levels[(event.tenant, event.run, event.round, event.level, event.outcome)] += 1
        if event.outcome == "fired":
            self.notified.append((event.tenant, event.run, event.round, event.level))


def audit(server, targets, percents):
    """Compares every promise with its events, and the tables with them. `targets`: seconds by metric, by tenant.

    Returns counts that must be 0, figures of interest, and the levels that somebody was told of.
    """
    told = Histories(server)
    outcomes, expected = {}, collections.Counter()
    for (tenant, ticket), history in told.tickets.items():
        for metric, seconds in targets[tenant].items():
            passed = history.thresholds(seconds, percents, metric)
            outcomes[tenant, ticket, metric] = history.outcome(metric, "breach" in passed)
            expected.update(Threshold(tenant, ticket, metric, "1", threshold, at) for threshold, at in passed.items())
    rows = collections.Counter(Threshold(*row[:5], int(row[5])) for row in server.rows(FIRINGS, "docket"))
    counts = {
        "thresholds_lost": (expected - told.thresholds).total(), "thresholds_invented": sum(name not in expected for name in told.thresholds),
        "thresholds_doubled": sum(times - 1 for times in told.thresholds.values()),
        "thresholds_unlike_events": (rows - told.thresholds).total() + (told.thresholds - rows).total(),
    }
    counts |= timers(server, outcomes)
    counts |= levels(server, told) | told.disorder
    return counts, {"promises": dict(collections.Counter(outcomes.values())), "thresholds": expected.total()}, told.notified


def timers(server, outcomes):
    """Every promise has one row, and that says what its events say."""
    found = collections.Counter()
    wrong = 0
    for tenant, ticket, metric, _, outcome in server.rows(TIMERS, "docket"):
        found[tenant, ticket, metric] += 1
        wrong += outcomes.get((tenant, ticket, metric)) != outcome
    return {
        "outcomes_missing": len(outcomes.keys() - found.keys()), "outcomes_wrong": wrong, "outcomes_doubled": sum(times - 1 for times in found.values()),
    }


def levels(server, told):
    """Every clock that passed a threshold called somebody, every level was recorded once, and no call is left open but those that rest with their clock."""
    called, is_open = set(), 0
    for tenant, ticket, trigger, run, state in server.rows(RUNS, "docket"):
        called.add((tenant, ticket, trigger))
        rests = trigger.startswith("first_response") and told.tickets[tenant, ticket].solved is not None
        is_open += state not in ("ended", "exhausted") and not (state == "held" and rests)
    passed = {(name.tenant, name.ticket, f"{name.metric}:{name.instance}") for name in told.thresholds}
    rows = collections.Counter(tuple(row) for row in server.rows(LEVELS, "docket"))
    return {
        "clocks_that_called_nobody": len(told.alarmed - called), "calls_without_cause": len(called - passed), "calls_left_open": is_open,
        "levels_doubled": sum(times - 1 for times in told.levels.values()),
        "levels_unlike_events": (rows - told.levels).total() + (told.levels - rows).total(),
    }
