"""`tertius try` with a browser before it: everybody's mailbox, and the links in their mails."""
import re
import socket
import subprocess
import time

import browser

ALICE, CHRISTINE, GAIL = "alice@harbourledger.example", "christine@rowanventures.example", "gail@steadymail.example"
TARGET = "Gail Okafor, Steady Mail"
COVER_NOTE = "Hello Christine, we met at the spring dinner. A no is fine."
PITCH = """Hello Gail,

I am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. You run partnerships at Steady Mail, \
and your programme for shop software is the one our customers ask us about.

Could we talk for 20 minutes on the phone in the next two weeks about what makes a good partner for you?

Thank you, Alice"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class TrySite:
    def __init__(self, tertius):
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.program = subprocess.Popen([tertius, "try", "--port", str(port)], stdout=subprocess.PIPE, text=True)
        self.program.stdout.readline()
        self.browser = browser.Browser()
        self.used = set()

    def close(self):
        self.browser.close()
        self.program.terminate()
        self.program.wait()
        self.program.stdout.close()

    def link(self, address, page, ends=""):
        """The newest link to this page in the person's mails, but for those that signed somebody in already: the mail
        just asked for may not have come yet."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.browser.open(f"{self.url}/try/mailbox/{address}")
            for mail in self.browser.run("[...document.querySelectorAll('main a')].map(a => a.href)"):
                if "/try/mail/" not in mail:
                    continue
                self.browser.open(mail)
                found = re.search(rf"{self.url}/{page}/[a-z0-9]+{ends}(?![a-z0-9/])", self.browser.html())
                if found and found.group(0) not in self.used:
                    return found.group(0)
            time.sleep(0.1)
        raise AssertionError(f"{address} has no link to {page}")

    def open(self, path):
        self.browser.open(path if path.startswith("http") else self.url + path)

    def press(self, label):
        """Once it is to be seen: buttons under a hand that was on its way elsewhere are not at once."""
        self.browser.wait_until("[...document.querySelectorAll('button')]"
                                f".filter(b => b.innerText.trim() === '{label}').some(b => b.id = 'pressed')")
        self.browser.click("#pressed")
        assert "Nothing was changed" not in self.browser.text(), self.browser.text()

    def fill_request(self):
        for name, value in {"requester": ALICE, "target": TARGET, "connector": CHRISTINE, "cover_note": COVER_NOTE,
                            "pitch": PITCH}.items():
            self.browser.fill(name, value)

    def sign_in(self, address):
        self.open("/sign-in")
        self.browser.fill("address", address)
        self.press("Mail me a link")
        link = self.link(address, "sign-in")
        self.used.add(link)
        self.open(link)
        self.press("Sign in")
