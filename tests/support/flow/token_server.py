"""A provider of access tokens (RFC 6749 6), each good until the next one; refresh tokens are replaced each time."""
import http.server
import json
import threading
import urllib.parse


class TokenServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, user, refresh_token, lifetime=3600):
        super().__init__(("127.0.0.1", 0), Talk)
        self.url, self.user, self.lifetime = f"http://127.0.0.1:{self.server_address[1]}", user, lifetime
        self.refresh_token, self.access_token, self.given, self.revoked = refresh_token, None, 0, False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()

    def renew(self, refresh_token):
        if self.revoked or refresh_token != self.refresh_token:
            return 400, {"error": "invalid_grant", "error_description": "the consent was revoked"}
        self.given += 1
        self.access_token, self.refresh_token = f"access-{self.given}", f"refresh-{self.given}"
        return 200, {"access_token": self.access_token, "expires_in": self.lifetime, "refresh_token": self.refresh_token}


class Talk(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(*self.server.renew(form["refresh_token"][0]))

    def do_GET(self):
        """Dovecot asks whose token it is."""
        token = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("access_token", [""])[0]
        good = token and token == self.server.access_token
        self.answer(*((200, {"email": self.server.user, "expires_in": 60}) if good else (400, {"error": "invalid_token"})))

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
