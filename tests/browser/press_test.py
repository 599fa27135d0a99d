#!/usr/bin/env python3
"""The main job in a real browser: ask, confirm, forward, accept, each by a press on its page. What a browser adds to
its requests (Origin, Sec-Fetch-Site, cookies) no hand-made request shows. Skipped (77) where there is no Chromium."""
import os
import re
import socket
import subprocess
import sys
import time
import unittest

import browser

TERTIUS = sys.argv.pop(1)
ALICE, CHRISTINE, GAIL = "alice@harbourledger.example", "christine@rowanventures.example", "gail@steadymail.example"
PITCH = """Hello Gail,

I am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. You run partnerships at Steady Mail, \
and your programme for shop software is the one our customers ask us about.

Could we talk for 20 minutes on the phone in the next two weeks about what makes a good partner for you?

Thank you, Alice"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class PressTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.site = f"http://localhost:{cls.port}"
        cls.program = subprocess.Popen([TERTIUS, "try", "--port", str(cls.port)], stdout=subprocess.PIPE, text=True)
        cls.program.stdout.readline()
        cls.browser = browser.Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.program.terminate()
        cls.program.wait()
        cls.program.stdout.close()

    def link(self, address, page, ends=""):
        """The newest link to this page in the person's mails."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.browser.open(f"{self.site}/try/mailbox/{address}")
            for mail in self.browser.run("[...document.querySelectorAll('main a')].map(a => a.href)"):
                if "/try/mail/" not in mail:
                    continue
                self.browser.open(mail)
                found = re.search(rf"{self.site}/{page}/[a-z2-7]+{ends}(?![a-z0-9/])", self.browser.html())
                if found:
                    return found.group(0)
            time.sleep(0.1)
        self.fail(f"{address} has no link to {page}")

    def press(self, label):
        self.browser.run("[...document.querySelectorAll('button')]"
                         f".find(b => b.innerText.trim() === '{label}').id = 'pressed'")
        self.browser.click("#pressed")
        self.assertNotIn("Nothing was changed", self.browser.text())

    def decide(self, address, action, label):
        self.browser.open(self.link(address, "d", f"/{action}"))
        self.press(label)
        self.press("Send now")

    def test_every_step_is_one_press(self):
        page = self.browser
        page.open(f"{self.site}/ask")
        for name, value in {"requester": ALICE, "target": "Gail Okafor, Steady Mail", "connector": CHRISTINE,
                            "cover_note": "Hello Christine, we met at the spring dinner. A no is fine.",
                            "pitch": PITCH}.items():
            page.fill(name, value)
        self.press("Check and show the mails")
        self.assertIn("Okafor", page.text())
        self.press("Send the request")
        self.assertIn("One more step", page.text())
        page.open(self.link(ALICE, "confirm"))
        self.press("Yes, this was me")
        self.decide(CHRISTINE, "forward", "Forward it")
        self.decide(GAIL, "accept", "Yes, introduce us")
        page.open(f"{self.site}/try")
        page.wait_until("document.body.innerText.includes('introduced') || (location.reload(), false)")


if __name__ == "__main__":
    if not browser.find_browser():
        print("no Chromium here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
