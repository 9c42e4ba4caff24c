#!/usr/bin/env python3
"""kill -9 of docket-courier at random moments under load, and a new process each time: what the one before had under way is free again long before its leases
end."""

import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))

import chaos_run  # noqa: E402

# The leases that another holds than the courier that was started last.
LEFT = """
    SELECT id || '/' || lease_token FROM docket.outbox WHERE next_attempt_at > docket.now() AND held_by IS NOT NULL
        AND held_by <> (SELECT number FROM docket.courier ORDER BY started_at DESC LIMIT 1)"""


class Leases:
    """Looks a few times a second which leases the dead have left, and for how long each stays."""

    def __init__(self):
        self.longest, self.server, self.error = 0.0, None, None
        self.is_over = threading.Event()

    def watch(self, server):
        """From the first call on."""
        if self.server is None:
            self.server = server
            self.thread = threading.Thread(target=self._look, daemon=True)
            self.thread.start()

    def _look(self):
        seen = {}
        while not self.is_over.wait(0.1):
            try:
                left, now = self.server.sql(LEFT, "docket").splitlines(), time.monotonic()
            except Exception as error:  # What was not seen is not known to be well.
                self.error = error
                return
            seen = {lease: seen.get(lease, now) for lease in left}
            self.longest = max([self.longest] + [now - since for since in seen.values()])

    def figures(self, _):
        self.is_over.set()
        self.thread.join()
        return {"left_lease_max_s": round(self.longest, 3), "left_leases_ok": self.error is None and self.longest <= chaos_run.RECOVERY_LIMIT_S}


def kill(course, leases):
    leases.watch(course.deployment.server)
    course.kill_and_restart("courier")


if __name__ == "__main__":
    left = Leases()
    sys.exit(chaos_run.run("kill-courier", lambda course: kill(course, left), watched=[left.figures]))
