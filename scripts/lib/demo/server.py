"""`docket dev` on a private PostgreSQL in a directory of its own, for as long as the demo runs."""

import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time


class Server:
    """Context manager. `ready` is what `docket dev` says when it serves; `log` is the path of its log."""

    def __init__(self, program, smtp_port, limit=60):
        self.program, self.smtp_port, self.limit = program, smtp_port, limit
        self.process = None

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix="docket-demo-", dir="/tmp")
        # Started by root, the private PostgreSQL runs as another account, which has to pass through.
        os.chmod(self.directory, 0o711)
        self.log = f"{self.directory}/log"
        try:
            self.ready = self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        """Ends the server, which ends its PostgreSQL, and removes their files."""
        # A second Ctrl-C must not leave anything behind.
        previous = [(number, signal.signal(number, signal.SIG_IGN)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process:
            self.process.stdout.close()
        shutil.rmtree(self.directory, ignore_errors=True)
        for number, handler in previous:
            signal.signal(number, handler)

    def check(self):
        """Raises where the server has ended by itself."""
        if self.process.poll() is not None:
            raise RuntimeError(f"docket dev ended with status {self.process.returncode}:\n{self._last_lines()}")

    def _start(self):
        # Nothing of what the caller has configured for another deployment.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET_")}
        environment |= {
            "DOCKET_SMTP_HOST": "127.0.0.1", "DOCKET_SMTP_PORT": str(self.smtp_port), "DOCKET_SMTP_SECURITY": "none",
            "DOCKET_SMTP_FROM": "desk@docket.example",
        }
        command = [
            self.program, "dev", "--data", f"{self.directory}/data", "--port", "0", "--admin-port", "0", "--seed", "demo", "--test-clock",
        ]
        with open(self.log, "wb") as log:
            # In a session of its own, so that Ctrl-C reaches the demo first.
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True)
        line = self._first_line()
        if not line:
            raise RuntimeError(f"docket dev did not start:\n{self._last_lines()}")
        return json.loads(line)

    def _first_line(self):
        line, end = b"", time.monotonic() + self.limit
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                if not selector.select(max(0.0, end - time.monotonic())):
                    return b""
                block = os.read(self.process.stdout.fileno(), 65_536)
                if not block:
                    return b""
                line += block
        return line

    def _last_lines(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-10:]).rstrip()
