"""A person at a decision page: opens the link, presses the button."""
import http.client
import re
import urllib.parse

NONCE = re.compile(r'name="nonce" value="([^"]+)"')
PAGE_OF_A_DECISION = 303


class Browser:
    """One connection, without cookies: nobody we know. `network` is what the proxy would say of it."""

    def __init__(self, site, network="192.0.2.1"):
        self.site, self.network = site, network
        self.connection = http.client.HTTPConnection("127.0.0.1", site.web, timeout=60)

    def ask(self, method, path, form=None, **headers):
        headers = {"X-Forwarded-For": self.network, **headers}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
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
        self.connection.close()
