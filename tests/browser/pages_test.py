#!/usr/bin/env python3
"""Every page in a real browser, on a telephone and on a screen, in light and in dark: axe-core's rules (WCAG 2.2 AA),
nothing to be scrolled sideways, nothing asked of anybody else; and pictures are left for eyes. Skipped (77) where there
is no Chromium or no axe-core.

    python3 pages_test.py TERTIUS FOLDER-FOR-PICTURES [unittest's arguments]; TERTIUS_AXE is axe.min.js
"""
import base64
import os
import pathlib
import sys
import time
import unittest

import browser
from try_site import ALICE, CHRISTINE, COVER_NOTE, GAIL, PITCH, TrySite

TERTIUS, FOLDER, AXE = "", pathlib.Path(), pathlib.Path(os.environ.get("TERTIUS_AXE", "axe.min.js"))
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")

NOBODYS = {"front": "/", "ask": "/ask", "sign-in": "/sign-in", "no-such-page": "/nothing"}
MEMBERS = {"front-signed-in": "/", "me": "/me", "people": "/people?q=steady", "people-slip": "/people?q=okafro",
           "ask-signed-in": "/ask", "contacts": "/contacts", "data": "/settings/data", "browsers": "/browsers",
           "settings": "/settings", "tokens": "/tokens", "sign-out": "/sign-out"}
CONNECTORS_WORDS, TARGETS_WORDS = ("forward", "decline", "changes", "later", "try"), ("accept", "decline", "later")
RUN_AXE = """axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
  r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
   .map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')))"""

# Two cards that may be one person's.
UPLOAD = """(() => { const form = document.querySelector('#upload'), data = new FormData(form);
  const card = (at) => 'BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nFN:Dora Lane\\r\\nORG:Harbour\\r\\nTITLE:Pilot of ' + at +
    '\\r\\nEMAIL:dora.lane.of.the.harbour.authority@' + at + '.example\\r\\nEND:VCARD\\r\\n';
  data.set('files', new File([card('north') + card('south')], 'cards.vcf'));
  return fetch(form.action, {method: 'POST', body: data}).then(r => r.status); })()"""


class PagesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.png"):
            old.unlink()
        cls.axe = AXE.read_text()

    def setUp(self):
        """A community of its own for each: what one has asked for, another could not ask again."""
        self.site = TrySite(TERTIUS)
        self.addCleanup(self.site.close)
        self.page = self.site.browser
        self.page.call("Network.enable")

    def check(self, name):
        """The page that is open, in every look."""
        for width in WIDTHS:
            for scheme in SCHEMES:
                with self.subTest(page=name, width=width, scheme=scheme):
                    self.look(width, scheme)
                    self.picture(f"{name}-{width}-{scheme}")
                    self.assertLessEqual(self.page.run("document.documentElement.scrollWidth"), width)
                    self.page.run(self.axe)
                    self.assertEqual(self.page.run(RUN_AXE, wait=True), [])
        asked = [event["params"]["request"]["url"] for event in self.page.events
                 if event["method"] == "Network.requestWillBeSent"]
        self.assertEqual([url for url in asked if not url.startswith((self.site.url, "data:", "about:"))], [])

    def check_at(self, name, path):
        self.site.open(path)
        self.check(name)

    def look(self, width, scheme):
        self.page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.page.call("Emulation.setScrollbarsHidden", hidden=True)
        self.page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, name):
        height = min(self.page.run("document.documentElement.scrollHeight"), 6000)
        clip = {"x": 0, "y": 0, "width": self.page.run("innerWidth"), "height": height, "scale": 1}
        data = self.page.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]
        (FOLDER / f"{name}.png").write_bytes(base64.b64decode(data))

    def test_what_nobody_in_particular_sees(self):
        for name, path in NOBODYS.items():
            self.check_at(name, path)

    def test_the_life_of_a_request(self):
        site = self.site
        site.open("/ask")
        site.fill_request()
        self.page.fill("pitch", "Hi! [name], can I pick your brain? " + "word " * 300)
        site.press("Check and show the mails")
        self.check("ask-with-findings")
        site.fill_request()
        site.press("Check and show the mails")
        self.check("ask-with-previews")
        site.press("Send the request")
        self.check("one-more-step")
        self.check_at("confirm", site.link(ALICE, "confirm"))
        site.press("Yes, this was me")
        self.check("confirmed")
        for word in CONNECTORS_WORDS:
            self.check_at(f"connector-{word}", site.link(CHRISTINE, "d", "/forward").replace("/forward", f"/{word}"))
        self.check_at("stop", site.link(CHRISTINE, "stop"))
        site.open(site.link(CHRISTINE, "d", "/forward"))
        site.press("Forward it")
        self.check("held")
        site.press("Send now")
        self.check("answered")
        for word in TARGETS_WORDS:
            self.check_at(f"target-{word}", site.link(GAIL, "d", "/accept").replace("/accept", f"/{word}"))
        self.check_at("show", site.link(ALICE, "show"))

    def test_what_a_member_sees(self):
        self.site.sign_in(ALICE)
        for name, path in MEMBERS.items():
            self.check_at(name, path)

    def test_a_member_adds_a_webhook(self):
        site, page = self.site, self.page
        site.sign_in(ALICE)
        site.open("/webhooks")
        page.fill("url", "https://169.254.169.254/latest/meta-data/")
        site.press("Add the webhook")
        self.check("webhooks-refused")
        page.fill("url", "https://127.0.0.1:9999/hooks/" + "long-" * 20)  # where nobody listens
        site.press("Add the webhook")
        self.check("webhooks-new")
        site.open("/people?q=okafor")
        site.open(page.run("document.querySelector('#found a').href"))
        site.open(page.run("document.querySelector('main a.primary').href"))
        page.fill("cover_note", COVER_NOTE)
        page.fill("pitch", PITCH)
        site.press("Check and show the mails")
        site.press("Send the request")
        end = time.monotonic() + 20
        while "will be tried again" not in page.text() and time.monotonic() < end:
            site.open("/webhooks")
        self.assertIn("will be tried again", page.text())
        self.check("webhooks")

    def await_text(self, words, path):
        end = time.monotonic() + 20
        while words not in self.page.text() and time.monotonic() < end:
            self.site.open(path)
        self.assertIn(words, self.page.text())

    def test_a_member_links_an_address_book(self):
        site, page = self.site, self.page
        site.sign_in(ALICE)
        site.open("/contacts")
        for url, name in [("http://192.168.1.1/", "refused"), ("https://127.0.0.1:9999/alice/contacts/", "new")]:
            page.run("document.querySelector('#books details').open = true")
            page.fill("url", url)
            page.fill("user", "alice")
            page.fill("password", "open sesame")
            site.press("Link the address book")
            self.check("book-" + name)
        self.await_text("does not answer", "/contacts")
        self.check("book-failing")

    def test_a_member_says_who_is_one_person(self):
        site, page = self.site, self.page
        site.sign_in(ALICE)
        site.open("/contacts")
        page.run(UPLOAD, wait=True)
        self.await_text("Are these the same?", "/contacts")
        self.check("alike")
        site.press("Yes, one person")
        self.check("merged")
        self.assertIn("Two that you have made one", page.text())

    def test_a_member_asks(self):
        site, page = self.site, self.page
        site.sign_in(ALICE)
        site.open("/people?q=okafor")
        site.open(page.run("document.querySelector('#found a').href"))
        self.check("person")
        site.open(page.run("document.querySelector('main a.primary').href"))
        self.check("ask-member")
        page.fill("pitch", "Hi! [name], can I pick your brain? " + "word " * 300)
        page.run("document.getElementById('pitch').dispatchEvent(new Event('input', {bubbles: true}))")
        page.wait_until("!!document.querySelector('#pitch-findings .blocks')")
        self.check("ask-member-with-findings")
        page.fill("cover_note", COVER_NOTE)
        page.fill("pitch", PITCH)
        site.press("Check and show the mails")
        self.check("ask-member-with-previews")
        # No script, no way out, nothing of the page around them.
        frames = page.run("[...document.querySelectorAll('iframe')].map(f => [f.sandbox.value, f.contentDocument])")
        self.assertEqual(frames, [["", None]] * 4)

    def test_what_was_found_while_typing(self):
        site, page = self.site, self.page
        site.sign_in(ALICE)
        site.open("/people")
        page.run("document.getElementById('q').focus()")
        page.call("Input.insertText", text="okaf")
        page.wait_until("!!document.querySelector('#found a')")
        self.assertIn("Gail Okafor", page.text())


if __name__ == "__main__":
    missing = [what for what, there in (("Chromium", browser.find_browser()), ("axe-core", AXE.exists())) if not there]
    if missing:
        print("no " + " and no ".join(missing) + " here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    TERTIUS, FOLDER = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
    unittest.main()
