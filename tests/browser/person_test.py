#!/usr/bin/env python3
"""A person's one click: a press on the link in the mail, then a hand that moves. One decision comes of it, and no second
one whatever the browser does afterwards. Real Chromium, a real daemon; skipped (77) where there is no Chromium."""
import http.server
import os
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
import browser
from decision_site import DecisionSite
from profiles import Chromium

TERTIUS = sys.argv.pop(1)


class MailReader(http.server.ThreadingHTTPServer):
    """Shows the mail that `shown` holds, as a webmail of another site."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Shown)
        self.shown, self.url = b"", f"http://localhost:{self.server_address[1]}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Shown(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.shown)

    def log_message(self, *_):
        pass


class PersonTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium, cls.reader = Chromium(), MailReader()
        cls.addClassCleanup(cls.chromium.close)
        cls.addClassCleanup(cls.reader.close)
        cls.site = DecisionSite(TERTIUS, requests=9, pairs=4)
        cls.addClassCleanup(cls.site.close)

    def setUp(self):
        self.tab = self.chromium.profile().tab()
        self.addCleanup(self.tab.profile.close)

    def click(self, request, word):
        """On the link, in the mail."""
        self.reader.shown = request.letter().get_body(("html",)).get_content().encode()
        self.tab.open(self.reader.url)
        self.tab.click(f"a[href$='/{word}']")

    def click_and_move(self, request, word):
        self.click(request, word)
        self.tab.settle()
        self.assertIsNone(request.held(), "before there was any sign")
        self.tab.loads(self.tab.move)
        self.assertEqual(request.held(), word)

    def become_known(self, request):
        self.click_and_move(request, "forward")
        request.let_hold_pass()
        request.await_state("forwarded")

    def assert_one_decision(self, request):
        self.assertEqual(request.history().count("hold"), 1)

    def test_a_click_and_a_move_are_one_decision(self):
        for coming, word in ((self.site.asked, "forward"), (self.site.forwarded, "accept")):
            with self.subTest(word=word):
                self.tab.forget()
                request = coming()
                self.click_and_move(request, word)
                self.tab.wait_until("document.body.innerText.includes('Undo')")
                self.assert_one_decision(request)
                self.site.sink.await_mail(request.answerer, "/undo/")
                request.let_hold_pass()
                request.await_state("forwarded" if word == "forward" else "introduced")

    def test_a_touch_and_a_key_are_signs_too(self):
        for sign in (self.tab.touch, lambda: self.tab.key("ArrowDown")):
            request = self.site.asked()
            self.click(request, "forward")
            self.tab.loads(sign)
            self.assertEqual(request.held(), "forward")

    def test_keys_that_lead_away_are_none(self):
        request = self.site.asked()
        self.click(request, "decline")
        for key, modifiers in (("Escape", 0), ("Tab", 0), ("Control", 2), ("w", 2), ("ArrowLeft", 1)):
            self.tab.key(key, modifiers)
        self.tab.settle()
        self.assertIsNone(request.held())

    def test_a_known_browser_decides_at_once(self):
        first, second = self.site.pairs.pop()
        self.become_known(first)
        self.click(second, "forward")
        second.await_held("forward")
        self.assertEqual(second.row()["held_channel"], "bound_browser")
        self.tab.wait_until("document.body.innerText.includes('Undo')")
        self.assert_one_decision(second)

    def wander(self):
        """Reload, back to the mail, forward, back and forward again, with a hand that moves on each page."""
        for act in ("location.reload()", "history.back()", "history.forward()", "history.back()", "history.back()",
                    "history.forward()", "history.forward()"):
            self.tab.run(f"setTimeout(() => {act}, 0)")
            self.tab.settle(150)
            self.tab.move()
            self.tab.move(300, 20)
            self.tab.settle()

    def test_no_second_one_comes_of_reload_back_and_forward(self):
        first, second = self.site.pairs.pop()
        for request in (first, second):  # the browser is unknown, then known
            self.click(request, "forward")
            self.tab.move()
            request.await_held("forward")
            self.tab.settle()
            self.wander()
            self.assert_one_decision(request)
            request.let_hold_pass()
            request.await_state("forwarded")
            self.wander()
            self.assertEqual(request.history(), ["draft", "ask", "hold", "forward"])

    def test_what_was_taken_back_stays_so_whatever_the_browser_shows_again(self):
        for request in self.site.pairs.pop():  # the browser is unknown, then known
            self.click(request, "forward")
            self.tab.move()
            request.await_held("forward")
            self.tab.wait_until("document.body.innerText.includes('Undo')")
            if self.tab.run("document.body.innerText.includes('Remember')"):
                self.tab.click("form:has([value=remember]) button")
            self.tab.click("main form button")
            self.assertIsNone(request.held())
            self.wander()
            self.assertEqual(request.history(), ["draft", "ask", "hold", "undo"])

    def test_no_second_one_comes_of_a_restored_session(self):
        """Neither from the page of a decision, nor from one that waits for a sign."""
        for moves, history in ((True, ["draft", "ask", "hold"]), (False, ["draft", "ask"])):
            with self.subTest(moves=moves), tempfile.TemporaryDirectory(prefix="tertius-browser-") as folder:
                request = self.site.asked()
                page = browser.Browser(folder)
                page.call("Emulation.setFocusEmulationEnabled", enabled=True)
                page.open(request.link("forward"))
                if moves:
                    page.loads(page.move)
                url = page.run("location.href")
                # The session is written down when it has been still for a while, or at the end.
                page.quit()
                page = browser.Browser(folder, ["--restore-last-session"])
                page.wait_until(f"location.href === '{url}' && document.readyState === 'complete'")
                page.call("Emulation.setFocusEmulationEnabled", enabled=True)
                page.move()
                page.move(300, 20)
                page.settle()
                self.assertEqual(request.history(), history)
                page.quit()

    def test_a_press_that_was_meant_for_the_page_before_hits_nothing(self):
        request = self.site.asked()
        self.click(request, "forward")
        self.tab.loads(self.tab.move)
        self.assertGreater(self.tab.run("document.getAnimations().map(a => (a.pause(), a.currentTime = 300)).length"), 2)
        x, y = self.tab.run("(() => { const r = document.querySelector('.arriving button').getBoundingClientRect(); "
                            "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.tab.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.tab.settle(100)
        self.assertEqual(request.held(), "forward")
        self.tab.run("document.getAnimations().forEach(a => a.finish())")
        self.tab.click("main form button")
        self.assertEqual(request.history(), ["draft", "ask", "hold", "undo"])

    def test_it_survives_a_kill_between_the_click_and_its_effect(self):
        request = self.site.asked()
        self.click_and_move(request, "forward")
        self.site.kill()
        self.site.daemon.start()
        self.tab.call("Page.reload")
        self.tab.wait_until("document.body.innerText.includes('Undo')")
        request.let_hold_pass()
        request.await_state("forwarded")
        self.site.sink.await_mail(request.gail, "/accept")
        self.assertEqual(len(self.site.sink.mails_to(request.gail)), 1)
        self.assertEqual(request.history(), ["draft", "ask", "hold", "forward"])


if __name__ == "__main__":
    if not browser.find_browser():
        print("no Chromium here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
