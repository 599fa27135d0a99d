#!/usr/bin/env python3
"""What opens mail before people do: gateways that fetch every link, run the pages' scripts, fake a hand, submit forms and
press buttons. Under no click policy does a decision of theirs take effect; and what one that opens a single link can do is
exactly what is known (the last tests). Real Chromium, real daemons; skipped (77) where there is no Chromium."""
import itertools
import json
import os
import random
import sys
import time
import unittest

sys.dont_write_bytecode = True
import browser
from decision_site import DecisionSite, await_that
from postgres_database import PostgresDatabase, server_url
from profiles import Chromium
from try_site import ALICE, CHRISTINE, TrySite

TERTIUS = sys.argv.pop(1)
POLICIES = ("one_click", "bound", "strict", "reply_only")
FETCHES = {"one_click": 500, "bound": 167, "strict": 167, "reply_only": 167}  # to each of the two letters
random.seed(20260309)

# Whatever a script can make of a hand; none of it is trusted.
SYNTHETIC = """(() => { const on = [document.body, document, window, document.querySelector('h1')];
  for (const target of on) {
    for (const type of ['pointermove', 'pointerdown', 'pointerup', 'mousemove', 'mousedown', 'mouseup', 'click'])
      target.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, {bubbles: true, clientX: 200}));
    for (const type of ['touchstart', 'touchend'])
      target.dispatchEvent(new TouchEvent(type, {bubbles: true, touches: []}));
    for (const type of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(type, {bubbles: true, key: 'a'}));
    for (const type of ['focus', 'visibilitychange', 'scroll']) target.dispatchEvent(new Event(type, {bubbles: true}));
  } })()"""


def look(tab, link):
    """Loads the page and does with events of its own what a person would do."""
    tab.open(link)
    tab.run(SYNTHETIC)
    tab.settle()


def fake_a_hand(tab, link):
    """As a driven browser does it: these events are trusted."""
    tab.open(link)
    for act in (lambda: tab.move(200, 300), lambda: tab.move(420, 620), lambda: tab.key("a")):
        act()
    tab.settle()


def submit_first_form(tab, link):
    tab.open(link)
    if tab.run("document.forms.length"):
        tab.loads(lambda: tab.run("document.forms[0].submit()"))


PRESS = "{ const b = document.querySelectorAll('main button')[%d]; b.form.noValidate = true; b.click(); }"


def press_buttons(order):
    """One after the other, each on a fresh load of the page; whatever a required field says."""
    def press(tab, link):
        tab.open(link)
        for number in order(range(tab.run("document.querySelectorAll('main button').length"))):
            if number < tab.run("document.querySelectorAll('main button').length"):
                tab.loads(lambda: tab.run(PRESS % number))
                tab.open(link)
    return press


press_forwards, press_backwards = press_buttons(lambda numbers: numbers), press_buttons(reversed)


def with_a_profile_for_each_button(tab, link):
    """From behind."""
    tab.open(link)
    for number in reversed(range(tab.run("document.querySelectorAll('main button').length"))):
        tab.forget()
        tab.open(link)
        if number < tab.run("document.querySelectorAll('main button').length"):
            tab.loads(lambda: tab.run(PRESS % number))


class ScannersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium = Chromium()
        cls.addClassCleanup(cls.chromium.close)
        cls.sites = {}
        for policy in POLICIES:
            cls.sites[policy] = DecisionSite(TERTIUS, policy, requests=18 + 8 * (policy == "one_click"), pairs=1 + (policy == "one_click"))
            cls.addClassCleanup(cls.sites[policy].close)
        if server_url():
            database = PostgresDatabase()
            cls.addClassCleanup(database.drop)
            cls.sites["one_click on PostgreSQL"] = DecisionSite(TERTIUS, "one_click", requests=18, storage=database.url)
            cls.addClassCleanup(cls.sites["one_click on PostgreSQL"].close)

    def setUp(self):
        self.tab = self.chromium.profile().tab()
        self.addCleanup(self.tab.profile.close)

    def on_each_letter(self, scan):
        """To a connector and to a target, under every policy: a letter comes, it is scanned, and nothing comes of it."""
        for policy, site in self.sites.items():
            for coming in (site.asked, site.forwarded):
                with self.subTest(policy=policy, letter=coming.__name__):
                    self.tab.forget()
                    request = coming()
                    scan(request)
                    self.assert_nothing_came_of_it(request)

    def assert_nothing_came_of_it(self, request):
        """Nothing is held: what was has cancelled itself."""
        before = "forwarded" if request.answerer == request.gail else "asked"
        self.assertIsNone(request.held())
        self.assertEqual(request.state(), before)
        if before == "asked":
            self.assertEqual(request.site.sink.mails_to(request.gail), [])

    def each_page(self, request, act, links=None, fresh=False):
        """With one profile, or a fresh one for each page."""
        for link in links or request.links():
            if fresh:
                self.tab.forget()
            act(self.tab, link)

    # ---- under every policy nothing comes of it ----

    def test_a_thousand_requests_of_the_safe_methods(self):
        def scan(request):
            site, links, connection = request.site, request.all_links(), request.site.connection()
            tables = ("* FROM introductions", "* FROM history", "id FROM outbox", "* FROM spent_nonces", "* FROM browsers",
                      "* FROM people", "* FROM preferences")
            before = [[tuple(row) for row in site.query(f"SELECT {table}")] for table in tables]
            for _ in range(FETCHES[site.policy]):
                self.assertEqual(site.fetch(connection, random.choice(("HEAD", "GET", "OPTIONS")), random.choice(links)), 200)
            connection.close()
            self.assertEqual([[tuple(row) for row in site.query(f"SELECT {table}")] for table in tables], before)
        self.on_each_letter(scan)

    def test_pages_that_are_looked_at_with_made_up_events(self):
        def scan(request):
            history = request.history()
            self.each_page(request, look)
            self.each_page(request, look, fresh=True)
            self.assertEqual(request.history(), history)
        self.on_each_letter(scan)

    def test_pages_that_are_looked_at_an_hour_a_day_and_a_week_later(self):
        site = TrySite(TERTIUS)
        self.addCleanup(site.close)
        site.open("/ask")
        site.fill_request()
        site.press("Check and show the mails")
        site.press("Send the request")
        site.open(site.link(ALICE, "confirm"))
        site.press("Yes, this was me")
        links = [site.link(CHRISTINE, "d", "/forward").replace("/forward", f"/{word}") for word in ("forward", "decline", "changes")]
        for later in ("hour", "day", "week"):
            for link in links:
                look(site.browser, link)
            site.browser.open(site.url + "/try")
            site.browser.loads(lambda: site.browser.run(f"document.querySelector('[value={later}]').click()"))
        self.assertIn("waiting for the connector", site.browser.text())
        self.assertNotIn("answer held", site.browser.text())

    def test_the_first_form_of_every_page_is_submitted(self):
        self.on_each_letter(lambda request: self.each_page(request, submit_first_form))

    def test_every_button_is_pressed(self):
        self.on_each_letter(lambda request: self.each_page(request, press_forwards))

    def test_every_button_is_pressed_backwards_with_a_profile_for_each_page(self):
        self.on_each_letter(lambda request: self.each_page(request, press_backwards, reversed(request.links()), fresh=True))

    def test_a_hand_is_faked_on_every_page(self):
        def scan(request):
            self.each_page(request, fake_a_hand, fresh=True)
            self.assertEqual("contradict" in request.history(), request.site.policy == "one_click")
        self.on_each_letter(scan)

    def test_a_copied_nonce_is_posted_by_another_profile(self):
        def scan(request):
            nonces = {}
            for link in request.links():
                self.tab.open(link)
                nonces[link] = self.tab.run("(document.querySelector('[name=nonce]') || {}).value")
            self.tab.forget()
            for link, nonce in nonces.items():
                self.tab.open(link)
                if nonce:
                    self.tab.run(f"document.querySelector('[name=nonce]').value = '{nonce}'")
                    self.tab.loads(lambda: self.tab.run("document.forms[0].submit()"))
        self.on_each_letter(scan)

    def test_a_spent_nonce_is_posted_by_another_profile(self):
        """Whoever has copied a person's page: what the person has taken back stays taken back."""
        request = self.sites["one_click"].asked()
        self.tab.open(request.link("forward"))
        nonce = self.tab.run("document.querySelector('[name=nonce]').value")
        self.tab.loads(self.tab.move)
        request.await_held("forward")
        self.tab.click("main form button")
        self.assertIsNone(request.held())
        self.tab.forget()
        self.tab.open(request.link("forward"))
        self.tab.run(f"document.querySelector('[name=nonce]').value = '{nonce}'")
        self.tab.loads(lambda: self.tab.run("document.forms[0].submit()"))
        self.assert_nothing_came_of_it(request)
        self.assertEqual(request.history().count("hold"), 1)

    def test_what_is_fetched_ahead_with_a_known_browser_decides_nothing(self):
        for policy in ("one_click", "bound", "strict"):
            with self.subTest(policy=policy):
                first, second = self.sites[policy].pairs.pop()
                self.become_known(first)
                self.fetch_ahead(second)
                self.assert_nothing_came_of_it(second)
                self.assertEqual(second.history(), ["draft", "ask"])

    def become_known(self, request):
        self.tab.open(request.link("forward"))
        self.tab.run("document.getElementById('decide').noValidate = true")
        self.tab.loads(lambda: self.tab.run("document.forms[0].submit()"))
        request.let_hold_pass()
        request.await_state("forwarded")
        self.assertEqual([row["pending_visit"] for row in request.site.query("SELECT pending_visit FROM browsers b JOIN addresses a "
                                                                             "ON a.person = b.person WHERE a.address = ?",
                                                                             request.christine)], [""])

    def fetch_ahead(self, request):
        """By every means a page has; ours allow none, so that their policy is put aside."""
        tab = self.tab
        tab.call("Page.setBypassCSP", enabled=True)
        tab.call("Preload.enable")
        tab.open(request.site.url + "/")
        for link in request.links():
            tab.run("""{ const add = (tag, more) => document.head.append(Object.assign(document.createElement(tag), more));
              add('link', {rel: 'prefetch', href: '%s'}); add('link', {rel: 'preload', as: 'fetch', href: '%s'});
              add('img', {src: '%s'}); add('iframe', {src: '%s'}); fetch('%s', {credentials: 'include'}); }""" % ((link,) * 5))
        for rule, status in (("prefetch", "Preload.prefetchStatusUpdated"), ("prerender", "Preload.prerenderStatusUpdated")):
            tab.open(request.site.url + "/")
            rules = json.dumps({rule: [{"source": "list", "urls": request.links()[:2], "eagerness": "immediate"}]})
            tab.run(f"document.head.append(Object.assign(document.createElement('script'), {{type: 'speculationrules', "
                    f"textContent: `{rules}`}}))")
            await_that(lambda: self.ready(status) >= set(request.links()[:2]), lambda: f"{rule}: {self.ready(status)}", 20)

    def ready(self, status):
        return {e["key"]["url"] for e in self.tab.heard_of(status) if e["status"] == "Ready"}

    def test_a_page_made_ahead_that_somebody_comes_to_waits_for_its_button(self):
        first, second = self.sites["one_click"].pairs.pop()
        self.become_known(first)
        self.fetch_ahead(second)
        self.tab.run(f"location.href = '{second.link('decline')}'")
        self.tab.show_newest_page()
        self.tab.wait_until("performance.getEntriesByType('navigation')[0].activationStart > 0")
        self.tab.move()
        self.tab.settle()
        self.assert_nothing_came_of_it(second)
        self.assertIn("Once you press the button", self.tab.text())
        self.tab.click("#decide button")
        self.assertEqual(second.held(), "decline")

    def test_in_whatever_order(self):
        site = self.sites["one_click"]
        for order in itertools.permutations(("forward", "decline", "changes")):
            with self.subTest(order=order):
                self.tab.forget()
                request = site.asked()
                self.each_page(request, submit_first_form, [request.link(word) for word in order])
                self.assert_nothing_came_of_it(request)
                self.assertEqual(request.row()["connector_must_press"], 1)

    # ---- pages that act at once have no hold: their decoys stand before and behind their buttons ----

    def test_on_pages_that_act_at_once_robots_do_nothing_and_a_person_presses_once(self):
        for robot in (submit_first_form, press_forwards, press_backwards, with_a_profile_for_each_button):
            with self.subTest(robot=robot.__name__):
                site = TrySite(TERTIUS)
                try:
                    self.press_once_after(robot, site)
                finally:
                    site.close()

    def press_once_after(self, robot, site):
        page = site.browser
        self.ask_nobody_in_particular(site)
        self.scan(robot, site.link(ALICE, "confirm"), "Yes, this was me")
        self.an_hour_later(site)
        site.open(site.link(ALICE, "confirm"))
        site.press("Yes, this was me")
        self.assertIn("choose one of them", page.text())
        choose = site.link(ALICE, "choose", "/[0-9]+")
        self.scan(robot, choose, "Ask this person")
        self.an_hour_later(site)
        site.open(choose)
        site.press("Ask this person")
        self.assertIn("has been asked", page.text())
        show, stop = site.link(ALICE, "show"), site.link(CHRISTINE, "stop")
        self.scan(robot, show, "Withdraw the request")
        self.scan(robot, stop, "Stop all mail")
        self.an_hour_later(site)
        site.open(show)
        site.press("Withdraw the request")
        self.assertIn("withdrawn", page.text())
        site.open(stop)
        site.press("Stop all mail")
        self.assertIn("no mail from us any more", page.text())
        self.sign_in_after(robot, site)

    def sign_in_after(self, robot, site):
        page = site.browser
        site.open("/sign-in")
        page.fill("address", ALICE)
        site.press("Mail me a link")
        link = site.link(ALICE, "sign-in")
        self.scan(robot, link, "Sign in")
        site.used.add(link)  # it is doubted for ten minutes: another one is asked for
        self.assertNotIn("Sign out", self.tab.text())
        site.sign_in(ALICE)
        self.assertIn("Sign out", page.text())

    def ask_nobody_in_particular(self, site):
        site.open("/ask")
        site.fill_request()
        site.browser.fill("connector", "")
        site.press("Check and show the mails")
        site.press("Send the request")

    def scan(self, robot, link, button):
        """Afterwards the button still waits."""
        self.tab.forget()
        robot(self.tab, link)
        self.tab.forget()
        self.tab.open(link)
        self.assertIn(button, self.tab.text())

    def an_hour_later(self, site):
        site.open("/try")
        site.browser.loads(lambda: site.browser.run("document.querySelector('[value=hour]').click()"))

    # ---- what is known: one that opens a single link in a fresh profile ----

    def test_a_hand_faked_on_one_page_alone_is_held_with_a_receipt_and_passes_if_nobody_undoes_it(self):
        for policy, site in self.sites.items():
            with self.subTest(policy=policy):
                self.tab.forget()
                request = site.asked()
                fake_a_hand(self.tab, request.link("forward"))
                if site.policy != "one_click":
                    self.assert_nothing_came_of_it(request)
                    continue
                self.assert_held_and_passes(request)

    def test_the_button_pressed_on_one_page_alone_too(self):
        for policy, site in self.sites.items():
            with self.subTest(policy=policy):
                self.tab.forget()
                request = site.asked()
                submit_first_form(self.tab, request.link("forward"))
                if policy == "reply_only":
                    self.assert_nothing_came_of_it(request)
                    continue
                self.assert_held_and_passes(request)

    def assert_held_and_passes(self, request):
        request.await_held("forward")
        row = request.row()
        self.assertEqual(row["held_channel"], "unbound_browser")
        self.assertGreater(row["held_effective_at"], time.time() + 590)
        request.site.sink.await_mail(request.christine, "/undo/")
        self.assertEqual(request.site.sink.mails_to(request.gail), [])
        request.let_hold_pass()
        request.await_state("forwarded")


if __name__ == "__main__":
    if not browser.find_browser():
        print("no Chromium here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
