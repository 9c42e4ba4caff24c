"""The outside world of the demo, on loopback: a receiver of webhooks that checks their signatures, and a mail server."""

import base64
import contextlib
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import socketserver
import threading

MAXIMUM_BYTES = 1 << 20


class Outside:
    """What arrived. `on_arrival` is called, on any thread, after each."""

    def __init__(self):
        self.lock = threading.Lock()
        self.secrets = {}
        self.webhooks = []
        self.mails = []
        self.mail_ids = set()
        self.forged = 0
        self.on_arrival = lambda kind, thing: None

    def start(self):
        outside = self

        class Webhooks(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(min(length, MAXIMUM_BYTES))
                accepted = outside.take_webhook(self.path.strip("/"), self.headers, body)
                self.send_response(204 if accepted else 401)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Mails(socketserver.StreamRequestHandler):
            timeout = 30

            def handle(self):
                # Whoever sends may be killed in the middle of it.
                with contextlib.suppress(ConnectionError):
                    outside.take_mails(self.rfile, self.wfile)

        self.web = _Server(("127.0.0.1", 0), Webhooks)
        self.mail = _Server(("127.0.0.1", 0), Mails)
        for server in (self.web, self.mail):
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()

    def stop(self):
        for server in (self.web, self.mail):
            server.shutdown()
            server.server_close()

    def url(self, name):
        return f"http://127.0.0.1:{self.web.server_address[1]}/{name}"

    @property
    def smtp_port(self):
        return self.mail.server_address[1]

    def take_webhook(self, name, headers, body):
        """Checks the signature as Standard Webhooks 1.0.0 has it; a delivery that is repeated counts once."""
        identity = headers.get("webhook-id", "")
        signed = f"{identity}.{headers.get('webhook-timestamp', '')}.".encode() + body
        secret = base64.b64decode(self.secrets.get(name, "").removeprefix("whsec_"))
        expected = "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
        genuine = bool(secret) and any(hmac.compare_digest(expected, given) for given in headers.get("webhook-signature", "").split())
        with self.lock:
            if not genuine:
                self.forged += 1
                return False
            if any(known == identity for known, _, _ in self.webhooks):
                return True
            message = json.loads(body)
            self.webhooks.append((identity, name, message))
        self.on_arrival("webhook", (name, message))
        return True

    def take_mails(self, reader, writer):
        """A session of SMTP (RFC 5321) that accepts everything."""
        writer.write(b"220 demo ESMTP\r\n")
        recipients = []
        while line := reader.readline(1000):
            verb = line[:4].upper()
            if verb == b"EHLO":
                writer.write(b"250-demo\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            elif verb == b"RCPT":
                recipients.append(line.split(b"<", 1)[-1].split(b">", 1)[0].decode("utf-8", "replace"))
                writer.write(b"250 ok\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self._keep_mail(recipients, reader)
                recipients = []
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                writer.write(b"250 ok\r\n")

    def _keep_mail(self, recipients, reader):
        content = b""
        while (line := reader.readline(2000)) not in (b".\r\n", b"") and len(content) < MAXIMUM_BYTES:
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        message = email.message_from_bytes(content, policy=email.policy.default)
        identity = str(message["Message-ID"])
        mail = (", ".join(recipients), str(message["Subject"] or ""), message.get_content().strip())
        with self.lock:
            # Delivered at least once, with the same id: a repetition is the same mail.
            if identity in self.mail_ids:
                return
            self.mail_ids.add(identity)
            self.mails.append(mail)
        self.on_arrival("mail", mail)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
