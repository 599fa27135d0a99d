#!/usr/bin/env python3
"""The main job in a real browser: ask, confirm, forward, accept, each by a press on its page, with scripts and without.
What a browser adds to its requests (Origin, Sec-Fetch-Site, cookies) no hand-made request shows. Skipped (77) where
there is no Chromium."""
import os
import sys
import unittest

import browser
from try_site import ALICE, CHRISTINE, GAIL, TrySite

TERTIUS = sys.argv.pop(1)


class PressTest(unittest.TestCase):
    def setUp(self):
        self.site = TrySite(TERTIUS)
        self.addCleanup(self.site.close)

    def decide(self, address, action, label):
        self.site.open(self.site.link(address, "d", f"/{action}"))
        self.site.press(label)
        self.site.press("Send now")

    def introduce(self):
        site, page = self.site, self.site.browser
        site.open("/ask")
        site.fill_request()
        site.press("Check and show the mails")
        self.assertIn("Okafor", page.text())
        site.press("Send the request")
        self.assertIn("One more step", page.text())
        site.open(site.link(ALICE, "confirm"))
        site.press("Yes, this was me")
        self.decide(CHRISTINE, "forward", "Forward it")
        self.decide(GAIL, "accept", "Yes, introduce us")
        site.open("/try")
        page.wait_until("document.body.innerText.includes('introduced') || (location.reload(), false)")

    def test_every_step_is_one_press(self):
        self.introduce()

    def test_without_scripts_too(self):
        self.site.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        self.introduce()
        self.site.sign_in(ALICE)
        self.assertIn("Sign out", self.site.browser.text())


if __name__ == "__main__":
    if not browser.find_browser():
        print("no Chromium here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
