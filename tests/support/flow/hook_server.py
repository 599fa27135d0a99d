"""A server that webhooks are sent to: it keeps what it gets and answers as it is told, or not at all."""
import base64
import hashlib
import hmac
import http.server
import json
import threading

from postfix_site import await_that


def signature(secret, message_id, timestamp, body):
    """By the Standard Webhooks specification."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class HookServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Talk)
        self.port, self.got, self.status, self.is_silent = self.server_address[1], [], 204, threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A daemon that is killed resets its connections."""

    def close(self):
        self.shutdown()
        self.server_close()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def to(self, path):
        return [one for one in list(self.got) if one["path"] == path]

    def states(self, path):
        return [json.loads(one["body"])["data"]["state"] for one in self.to(path)]

    def await_states(self, path, states):
        try:
            await_that(lambda: len(self.to(path)) >= len(states), f"{path} is told of {states}", 20)
        finally:
            assert self.states(path) == states, (path, self.states(path), states)


class Talk(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append({"path": self.path, "headers": dict(self.headers), "body": body})
        if self.server.is_silent.is_set():
            self.rfile.read()  # until the client goes
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass
