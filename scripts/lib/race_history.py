"""What the histories of tickets say after a race between dispatchers and people, independent of the product's own replay.

Two passes over all events: ticket by ticket in their order, and all together in the order of the commits (track_commit_timestamp), which is the order in
which transactions that locked the same agent came to be.
"""

import collections

# States in which a ticket takes capacity from its agent.
HOLDING = {"assigned", "in_progress"}
# Causes of an assignment that somebody decided.
HUMAN = {"manual", "claim", "offer"}
EVENTS = """
    SELECT e.tenant_id || '/' || e.ticket_id, e.seq, e.version, e.xmin, extract(epoch FROM pg_xact_commit_timestamp(e.xmin)), e.kind,
        coalesce(e.data ->> 'agentID', ''), coalesce(e.data ->> 'cause', e.data ->> 'outcome', ''), coalesce(e.data ->> 'to', e.data ->> 'state', ''),
        coalesce(e.data -> 'content' ->> 'weight', ''), coalesce(e.data ->> 'isOverCapacity', '')
    FROM docket.ticket_event e ORDER BY {order}"""
BY_TICKET, BY_COMMIT = "e.tenant_id, e.ticket_id, e.seq", "5, e.xmin::text, e.tenant_id, e.ticket_id, e.seq"
ROWS = "SELECT tenant_id || '/' || id, version, last_seq, state, coalesce(assignee_id::text, ''), coalesce(offered_agent_id::text, ''), weight FROM docket.ticket"

Event = collections.namedtuple("Event", "ticket seq version xid commit kind agent cause state weight over")


def events(server, order):
    for row in server.rows(EVENTS.format(order=order), "docket"):
        yield Event(row[0], int(row[1]), int(row[2]), row[3], float(row[4]), *row[5:])


class Replay:
    """One ticket as its events make it."""

    def __init__(self):
        self.seq = self.version = self.commit = 0
        self.state, self.agent, self.offered, self.weight, self.decided_by = "", "", "", 0, ""
        self.kinds = []

    def apply(self, event):
        if event.version != self.version:
            self.kinds = []
        self.kinds.append(event.kind)
        self.seq, self.version, self.commit = event.seq, event.version, event.commit
        if event.kind == "ticket.created":
            self.state, self.weight = event.state, int(event.weight)
        elif event.kind == "ticket.state_changed":
            self.state = event.state
        elif event.kind == "ticket.assigned":
            self.agent, self.decided_by = event.agent, event.cause
        elif event.kind == "ticket.unassigned":
            self.agent = ""
        elif event.kind == "ticket.offered":
            self.offered = event.agent
        elif event.kind == "ticket.offer_ended":
            self.offered = ""

    def row(self):
        return [str(self.version), str(self.seq), self.state, self.agent, self.offered, str(self.weight)]

    def held_by(self):
        """Whose capacity it takes, and how much of it."""
        holder = self.offered or (self.agent if self.state in HOLDING else "")
        return holder, self.weight if holder else 0


def is_routing(event):
    return event.kind == "ticket.offered" or (event.kind == "ticket.assigned" and event.cause == "routing")


def by_ticket(server, acknowledged):
    """Counts of what must not be, ticket by ticket. `acknowledged`: by ticket, (version, operation, agent or state) as they were answered."""
    counts = collections.Counter()
    rows = {row[0]: row[1:] for row in server.rows(ROWS, "docket")}
    current, replay, versions = None, Replay(), {}

    def end():
        if current is None:
            return
        if rows.pop(current, None) != replay.row():
            counts["rows_unlike_history"] += 1
        check_acknowledged(acknowledged.get(current, ()), versions, counts)

    for event in events(server, BY_TICKET):
        if event.ticket != current:
            end()
            current, replay, versions = event.ticket, Replay(), {}
        if event.seq != replay.seq + 1 or not replay.version <= event.version <= replay.version + 1:
            counts["versions_not_consecutive"] += 1
        if event.commit < replay.commit:
            counts["commits_out_of_order"] += 1
        if is_routing(event):
            if replay.agent:
                counts["human_overridden" if replay.decided_by in HUMAN else "assigned_twice"] += 1
            if replay.offered:
                counts["assigned_twice"] += 1
            counts["routed"] += 1
        replay.apply(event)
        if event.ticket in acknowledged:
            versions[event.version] = (tuple(replay.kinds), replay.agent, replay.state)
    end()
    counts["rows_without_history"] += len(rows)
    counts["acknowledged_missing"] += sum(1 for ticket in acknowledged if ticket in rows)
    return counts


def check_acknowledged(answers, versions, counts):
    """Each answered write is in the history once: as the version that was answered, with what was asked for."""
    seen = collections.Counter()
    for version, operation, wanted in answers:
        kinds, agent, state = versions.get(version, ((), None, None))
        is_there = {
            "create": "ticket.created" in kinds, "assign": agent == wanted, "claim": agent == wanted and "ticket.assigned" in kinds,
            "accept": agent == wanted and "ticket.assigned" in kinds, "release": "ticket.unassigned" in kinds and not agent,
            "decline": "ticket.offer_ended" in kinds, "reply": "ticket.message_added" in kinds, "transition": "ticket.state_changed" in kinds,
        }[operation]
        if not is_there:
            counts["acknowledged_missing"] += 1
        # Who gives a ticket to the agent who has it changes nothing, and is answered with the version that is there.
        if operation != "assign":
            seen[version] += 1
    counts["acknowledged_doubled"] += sum(times - 1 for times in seen.values())


def by_commit(server, capacities, until):
    """(counts, times of routing's commits): follows every agent's load through all transactions; capacities are those given until a moment."""
    counts, times = collections.Counter(), []
    tickets, loads = collections.defaultdict(Replay), collections.Counter()
    xid, routed = None, set()

    def end():
        counts["routed_over_capacity"] += sum(loads[agent] > capacities[agent] for agent in routed)

    for event in events(server, BY_COMMIT):
        if event.xid != xid:
            end()
            xid, routed = event.xid, set()
        ticket = tickets[event.ticket]
        before, weight = ticket.held_by()
        loads[before] -= weight
        ticket.apply(event)
        after, weight = ticket.held_by()
        loads[after] += weight
        if is_routing(event):
            if event.commit < until:
                routed.add(event.agent)
            if not times or times[-1] != event.commit:
                times.append(event.commit)
        elif event.kind == "ticket.assigned" and event.cause in ("manual", "claim"):
            counts["by_hand_over_capacity"] += event.over == "true"
    end()
    return counts, times
