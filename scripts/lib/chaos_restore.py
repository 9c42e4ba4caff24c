"""The course of a restore: load, a backup at some moment of it, a disaster, the restore as docs/operations.md has it, load again, checks, one line of JSON.

What was acknowledged before the backup's horizon must be there; what came later is the loss that is measured. A reader of the change feed goes on with the
position that it had before the disaster, and receivers of webhooks with what they have seen.
"""

import random
import shutil
import sys
import time
import urllib.parse
import uuid

import chaos_checks
from chaos_deployment import ROLES, Deployment
from chaos_load import Load, Receiver
from chaos_run import RECOVERY_LIMIT_S, SEED, Run, finish, new_webhooks, report

LOAD_S = 6


class FeedReader:
    """Reads each tenant's change feed to its end, and goes on from there."""

    def __init__(self, deployment):
        self.deployment = deployment
        self.positions = {}
        self.seen = {tenant.id: [] for tenant in deployment.tenants}

    def read_on(self):
        for tenant in self.deployment.tenants:
            while True:
                query = {"limit": 200} | ({"after": self.positions[tenant.id]} if tenant.id in self.positions else {})
                answer = self.deployment.call(tenant, "GET", f"/v1/events?{urllib.parse.urlencode(query)}")
                self.seen[tenant.id] += [(event["ticket_id"], event["sequence"]) for event in answer["data"]]
                self.positions[tenant.id] = answer["next_cursor"]
                if not answer["has_more"]:
                    break

    def forget(self):
        for seen in self.seen.values():
            seen.clear()

    def differences(self, since):
        """(events since a moment that were not read, events read twice)."""
        missed = doubled = 0
        for tenant in self.deployment.tenants:
            seen = self.seen[tenant.id]
            rows = self.deployment.server.rows(f"SELECT ticket_id, seq FROM docket.ticket_event WHERE tenant_id = '{tenant.id}' AND at > to_timestamp({since})", "docket")
            missed += len({(ticket, int(sequence)) for ticket, sequence in rows} - set(seen))
            doubled += len(seen) - len(set(seen))
        return missed, doubled


def made_at(ticket):
    """When a ticket was made, seconds since the epoch: its id begins with it (UUID version 7)."""
    return (uuid.UUID(ticket).int >> 80) / 1000


def use_up_numbers(deployment, last):
    """As docs/operations.md has it, so that new events come behind those that a reader may have seen."""
    body = f"DECLARE last xid8 := (SELECT {last}); BEGIN WHILE pg_current_xact_id() <= last LOOP COMMIT; END LOOP; END"
    deployment.sql(f"DO $${body}$$")


def keep_what_was_restored(load, receiver, deployment, horizon):
    """Takes what the disaster undid out of the clients' memory. Returns (lost before the horizon, seconds of acknowledged work lost, seen from the last)."""
    stored = set(deployment.sql("SELECT id FROM docket.ticket").splitlines())
    made = {key: made_at(ticket) for key, (_, ticket) in load.acknowledged.items()}
    gone = [key for key, (_, ticket) in load.acknowledged.items() if ticket not in stored]
    lost = sum(made[key] <= horizon for key in gone)
    loss_s = max(made.values()) - min(made[key] for key in gone) if gone else 0.0
    for key in gone:
        del load.acknowledged[key]
    receiver.forget(chaos_checks.webhook_ids(deployment))
    return lost, loss_s


def run(fault, settings, backup, restore, allowed_loss_s):
    """Runs one restore to its line on stdout. Returns the exit status.

    `backup(deployment)` makes the backup while there is load, and returns the horizon; `restore(deployment, last)` makes the lost cluster again while no process
    of Docket runs, `last` being the number of its last transaction. `allowed_loss_s`: of acknowledged work, None where that is the backup's age.
    """
    print(f"{fault}: seed {SEED}", file=sys.stderr)
    chance = random.Random(SEED)
    with Receiver() as receiver, Deployment(settings=settings) as deployment:
        deployment.furnish(receiver.url)
        before = Load(deployment, SEED, name="before")
        before.start()
        time.sleep(chance.uniform(2, LOAD_S))
        horizon = backup(deployment)
        time.sleep(chance.uniform(2, LOAD_S))
        reader = FeedReader(deployment)
        reader.read_on()
        before.stop()
        last = deployment.sql("SELECT pg_current_xact_id()")
        deployment.server.stop()
        disaster = time.time()
        if allowed_loss_s is not None:
            horizon = disaster - allowed_loss_s
        deployment.stop_all()
        shutil.rmtree(deployment.server.directory / "data")
        restore(deployment, last)
        verified = deployment.docket("migrate", "verify") is not None
        lost, loss_s = keep_what_was_restored(before, receiver, deployment, horizon)
        reader.forget()
        for name in deployment.names:
            deployment.start(name)
        for name in deployment.names:
            deployment.wait_ready(name)
        back = time.time()
        after = Load(deployment, SEED + 1, name="after")
        after.problems += before.problems
        after.start()
        time.sleep(LOAD_S)
        after.stop()
        replayed = before.replay()
        after.acknowledged |= before.acknowledged
        course = Run(deployment, after, receiver, chance)
        course.faults.append((back, ROLES))
        figures = finish(course) | new_webhooks(course, RECOVERY_LIMIT_S)
        reader.read_on()
        missed, doubled = reader.differences(back)
        figures["lost"] += lost + replayed + missed
        figures["doubled"] += doubled
        details = {"lost_before_the_horizon": lost, "repetitions_answered_otherwise_before": replayed, "feed_missed": missed, "feed_doubled": doubled}
        figures |= {name: value for name, value in details.items() if value}
        findings = deployment.doctor()
        faults = {name: finding["message"] for name, finding in findings.items() if finding["status"] == "failed"}
        figures |= {"doctor": faults} if faults else {}
        figures |= {"loss_s": round(loss_s, 1), "back_s": round(back - disaster, 1), "verified_ok": verified}
        return report(fault, course, figures)
