"""The database's time, which the demo may move forward."""

import datetime
import threading
import time
import zoneinfo


class Clock:
    def __init__(self, admin):
        self.admin = admin
        self.lock = threading.Lock()
        self.moved = 0.0
        self.advance(0)
        self.began = self.now()

    def now(self):
        """As of the last answer, carried forward by this machine's clock."""
        with self.lock:
            return self.time + datetime.timedelta(seconds=time.monotonic() - self.taken)

    def advance(self, seconds):
        answer = self.admin.post("/clock", {"advance_seconds": seconds})
        with self.lock:
            self.time = datetime.datetime.fromisoformat(answer["now"].replace("Z", "+00:00"))
            self.taken = time.monotonic()
            self.moved += seconds

    def advance_to_monday(self, hour, zone):
        """To the next Monday at that hour: every company is at work then, whenever the demo runs."""
        local = self.now().astimezone(zoneinfo.ZoneInfo(zone))
        days = -local.weekday() % 7
        monday = (local + datetime.timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        if monday <= local:
            monday += datetime.timedelta(days=7)
        self.advance((monday - local).total_seconds())
        self.began = self.now()
