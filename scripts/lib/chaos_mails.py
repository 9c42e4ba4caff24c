"""What people got by mail: each notice once, and no mailbox more than its share at once (features.md D13)."""

import collections
import hashlib
import math
import re
import uuid

# What the product promises: so many mails of their own to a mailbox in so many seconds, then one digest.
BURST, WINDOW_S = 10, 300
DELIVERED = "SELECT a.tenant_id, a.outbox_id FROM docket.delivery_attempt a WHERE a.kind = 'mail' AND a.outcome = 'delivered'"
DIGEST = re.compile(r"\[Docket\] (\d+) notices")
DOUBLED = {"notices_doubled", "mailboxes_with_a_burst"}


def mailbox(tenant):
    """Everybody of a tenant who is told by mail reads here."""
    return f"duty@{tenant.slug}.example"


def audit(deployment, outside, notified, seconds):
    """`notified`: (tenant, run, round, level) of each level that told somebody; `seconds`: how long the run took.

    Returns counts that must be 0, and figures.
    """
    mailboxes = {tenant.id: mailbox(tenant) for tenant in deployment.tenants}
    expected = collections.Counter(notice_id(mailboxes[tenant], *level) for tenant, *level in notified)
    delivered = collections.Counter(row[1] for row in deployment.server.rows(DELIVERED, "docket"))
    # What the mail server has: the notices that came alone and those that the digests speak of.
    with outside.lock:
        mails = list(outside.mails)
    told, received = collections.Counter(), collections.Counter()
    for recipient, subject, _ in mails:
        digest = DIGEST.fullmatch(subject)
        told[recipient] += int(digest[1]) if digest else 1
        received[recipient] += 1
    wanted = collections.Counter(mailboxes[tenant] for tenant, *_ in notified)
    allowed = (BURST + 1) * (1 + math.ceil(seconds / WINDOW_S))
    counts = {
        "notices_lost": len(expected.keys() - delivered.keys()), "notices_doubled": sum(delivered[notice] - 1 for notice in expected if delivered[notice]),
        "mailboxes_told_otherwise": sum(told[name] != wanted[name] for name in told | wanted), "mailboxes_with_a_burst": sum(number > allowed for number in received.values()),
    }
    return counts, {"notices": len(notified), "mails": len(mails), "most_mails_to_a_mailbox": max(received.values(), default=0), "mails_allowed": allowed}


def notice_id(address, run, turn, level):
    """The id under which a level's mail to an address is sent, known beforehand."""
    digest = hashlib.sha256(f"escalation mail|{run}|{turn}|{level}|{address}".encode()).digest()[:16]
    number = int.from_bytes(digest, "big")
    return str(uuid.UUID(int=number & ~(0xF << 76) & ~(3 << 62) | 8 << 76 | 2 << 62))
