"""How soon work went on after each fault, by each kind of work that the fault may have stopped."""

import bisect
import itertools

from chaos_checks import epoch

# When a ticket came and when routing first gave it to somebody; when a threshold was due and when it fired. Seconds since the epoch.
ASSIGNMENTS = """
    SELECT extract(epoch FROM t.created_at), extract(epoch FROM min(e.at)) FROM docket.ticket t
    JOIN docket.ticket_event e ON (e.tenant_id, e.ticket_id) = (t.tenant_id, t.id) AND e.kind = 'ticket.assigned' GROUP BY t.tenant_id, t.id"""
FIRINGS = "SELECT extract(epoch FROM scheduled_for), extract(epoch FROM fired_at) FROM docket.sla_firing"
# When an attempt of any delivery, old or new, was begun, and when it was recorded as taken. What began before a fault shows nothing.
DELIVERIES = """
    SELECT extract(epoch FROM at) - duration_us / 1e6, extract(epoch FROM at) FROM docket.delivery_attempt WHERE outcome = 'delivered' AND digest_id IS NULL"""


class Work:
    """One kind of work: pairs of when a piece began to be wanted and when it was done."""

    def __init__(self, pairs):
        pairs = sorted((float(begin), float(end)) for begin, end in pairs)
        self.begins = [begin for begin, _ in pairs]
        # For each, the earliest end of those that began no sooner.
        self.ends = list(itertools.accumulate((end for _, end in reversed(pairs)), min))[::-1]

    def first_after(self, moment):
        """When the first piece that began after a moment was done; None where there was none."""
        place = bisect.bisect_right(self.begins, moment)
        return self.ends[place] if place < len(self.ends) else None


def recoveries(course):
    """(role, seconds) for each fault and each role that it may have stopped; None where no work was done any more."""
    server = course.deployment.server
    work = {
        "api": Work(course.load.successes),
        "dispatcher": Work(server.rows(ASSIGNMENTS, "docket")),
        "scheduler": Work(server.rows(FIRINGS, "docket")),
        "courier": Work(server.rows(DELIVERIES, "docket")),
    }
    firsts = [(role, moment, work[role].first_after(moment)) for moment, roles in course.faults for role in roles]
    return [(role, None if first is None else first - moment) for role, moment, first in firsts]


def new_webhooks(course):
    """For each fault that may have stopped the courier, after how many seconds a webhook arrived whose event came after it; None where none did. It may
    have waited behind what the fault left."""
    arrived, _ = course.receiver.snapshot()
    work = Work((epoch(body["timestamp"]), at) for at, body in arrived.values())
    firsts = [(moment, work.first_after(moment)) for moment, roles in course.faults if "courier" in roles]
    return [None if first is None else first - moment for moment, first in firsts]
