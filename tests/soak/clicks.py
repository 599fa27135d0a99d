"""A person at a decision page: opens the link, presses the button."""
import collections
import http.client
import re
import time
import urllib.parse

NONCE = re.compile(r'name="nonce" value="([^"]+)"')
PAGE_OF_A_DECISION, UNAVAILABLE = 303, 503


class Browser:
    """Without cookies: nobody we know. `network` is what the proxy would say of it. Of several hosts behind one address each
    request goes to the next; one that does not answer, or has no database, is tried again at another."""

    def __init__(self, hosts, network="192.0.2.1", seconds=120):
        self.origin, self.network, self.seconds = hosts[0].url, network, seconds
        self.connections = collections.deque(http.client.HTTPConnection("127.0.0.1", host.web, timeout=60) for host in hosts)

    def ask(self, method, path, form=None, **headers):
        end = time.monotonic() + self.seconds
        while True:
            try:
                status, page = self.ask_once(method, path, form, **headers)
                if status != UNAVAILABLE or len(self.connections) == 1 or time.monotonic() > end:
                    return status, page
            except (OSError, http.client.HTTPException):
                if len(self.connections) == 1 or time.monotonic() > end:
                    raise
            time.sleep(0.05)

    def ask_once(self, method, path, form=None, **headers):
        headers = {"X-Forwarded-For": self.network, **headers}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        self.connections.rotate()
        connection = self.connections[0]
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            raise

    def open(self, token, action):
        """The form that the page would post."""
        status, page = self.ask("GET", f"/d/{token}/{action}")
        nonce = NONCE.search(page)
        if status != 200 or not nonce:
            raise AssertionError(f"the page of {action} answers {status}")
        return {"action": action, "nonce": nonce[1]}

    def press(self, token, form):
        return self.ask("POST", f"/d/{token}", form)[0]

    def close(self):
        for connection in self.connections:
            connection.close()
