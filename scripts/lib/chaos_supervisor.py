"""Kills processes at random moments and starts again whatever has ended, as a supervisor does it."""

import threading
import time

from chaos_clock import turn_round
from chaos_run import RECOVERY_LIMIT_S
from private_server import wait_until

# What a supervisor waits between two starts of the same process.
RESTART_PAUSE_S = 1.0


class Supervisor:
    """A thread between `start()` and `stop()`. Between `server_stops()` and `server_is_back()` processes may end by themselves, for they do not start
    without a server; those that ran before must outlive its absence."""

    def __init__(self, course, pause, spared):
        """`pause`: the range of seconds between two kills. `spared`: processes that are left alone while the server is away."""
        self.course, self.pause, self.spared = course, pause, spared
        self.deployment = course.deployment
        self.kills = 0
        self.unexcused = []
        self.error = None
        self.killed, self.started = set(), dict.fromkeys(self.deployment.names, 0.0)
        self.absence = None
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)

    def start(self):
        self.thread.start()

    def stop(self):
        """Ends the kills; returns when every process serves."""
        self.ended.set()
        self.thread.join(timeout=60)
        if self.error:
            raise self.error
        wait_until(self._is_complete, 30, interval=0.1)
        for name in self.deployment.names:
            self.deployment.wait_ready(name, 60)

    def server_stops(self):
        self.absence = (time.time(), float("inf"))

    def server_is_back(self):
        """What was stopped shortly before the absence could not show its recovery; all work must go on now."""
        begin, end = self.absence[0] - RECOVERY_LIMIT_S, time.time()
        self.absence = (self.absence[0], end)
        self.course.faults = [fault for fault in self.course.faults if not begin <= fault[0] <= end]
        self.course.faults.append((end, ("api", "dispatcher", "scheduler", "courier")))

    @property
    def is_away(self):
        return self.absence is not None and self.absence[1] == float("inf")

    def _work(self):
        chance = self.course.chance
        following = time.monotonic() + chance.uniform(*self.pause)
        try:
            while not self.ended.wait(0.1):
                self._is_complete()
                if time.monotonic() >= following:
                    self._kill(chance)
                    following = time.monotonic() + chance.uniform(*self.pause)
        except Exception as error:  # A thread has nobody to raise to: `stop()` does it.
            self.error = error

    def _kill(self, chance):
        victims = [name for name in self.deployment.names if self.deployment.is_running(name) and not (self.is_away and name in self.spared)]
        if not victims:
            return
        name = chance.choice(victims)
        self.deployment.kill(name)
        self.killed.add(name)
        self.kills += 1
        if not self.is_away:
            self.course.faults.append((time.time(), (name.partition("-")[0],)))

    def _is_complete(self):
        """Starts what has ended; returns whether there was nothing to start."""
        missing = [name for name in self.deployment.ended() if time.time() - self.started[name] >= RESTART_PAUSE_S]
        for name in missing:
            if name not in self.killed and not self._is_excused(name):
                self.unexcused.append(name)
            self.killed.discard(name)
            if environment := self.deployment.environments.get(name):
                turn_round(environment)
            self.started[name] = time.time()
            self.deployment.start(name)
        return not missing and not self.deployment.ended()

    def _is_excused(self, name):
        """Whether it was started when the server was away, or so shortly before that it was not ready yet."""
        if self.absence is None:
            return False
        begin, end = self.absence
        return begin - RECOVERY_LIMIT_S <= self.started[name] <= end
