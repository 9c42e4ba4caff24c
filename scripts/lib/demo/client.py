"""A small client of the API; each thread has a connection of its own."""

import http.client
import json
import threading
import urllib.parse
import uuid


class Refused(Exception):
    """The API's answer was not 2xx."""

    def __init__(self, method, path, status, body):
        problem = json.loads(body) if body[:1] == b"{" else {}
        fields = "; ".join(f"{e.get('pointer', '')}: {e.get('detail', '')}" for e in problem.get("errors", []))
        detail = problem.get("detail") or problem.get("title") or body[:200].decode("utf-8", "replace")
        super().__init__(f"{method} {path}: {status} {detail} {fields}".rstrip())
        self.status = status


class Client:
    """`key` is None for the admin port."""

    def __init__(self, base, key=None, timeout=30):
        self.address = urllib.parse.urlsplit(base).netloc
        self.base, self.key, self.timeout = base, key, timeout
        self.local = threading.local()

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, body):
        return self.send("POST", path, body)

    def put(self, path, body):
        return self.send("PUT", path, body)

    def send(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if method == "POST" and not path.endswith("/members"):
            # What is sent again after a lost connection is done once; adding members may be repeated as it is.
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body).encode()
        for attempt in (1, 2):
            connection = self._connection()
            try:
                connection.request(method, path, data, headers)
                response = connection.getresponse()
                answer = response.read()
                break
            except (OSError, http.client.HTTPException):
                connection.close()
                self.local.connection = None
                if attempt == 2:
                    raise
        if not 200 <= response.status < 300:
            raise Refused(method, path, response.status, answer)
        return json.loads(answer) if answer else None

    def _connection(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = http.client.HTTPConnection(self.address, timeout=self.timeout)
        return self.local.connection
