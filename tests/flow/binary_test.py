"""The program as it is installed, with a real Postfix before and behind it, and people with mailboxes.

python3 binary_test.py TERTIUS [--postgres] [unittest's arguments]; exits 77 where Postfix cannot run.
"""

import os
import re
import resource
import smtplib
import socket
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support", "flow"))

from letters import (CONNECTIONS_CSV, COVER_NOTE, GAIL_VCF, PITCH, addresses_in, everything_in, letter, link_in,
                     new_request, parts_of, reply, text_of)
from login_relay import LoginRelay
from postfix_site import PostfixSite, await_that, free_port, why_not_here
from postgres_database import wanted_by_command_line
from silent_relay import SilentRelay
from tertius_site import HOLD, TertiusSite

TARGET = "Gail Goodman, Constant Contact"
ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
binary, make_database = "", None


class BinaryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        cls.addClassCleanup(cls.folder.cleanup)
        os.chmod(cls.folder.name, 0o755)  # Postfix's processes must get in
        cls.lmtp_port = free_port()
        postfix = os.path.join(cls.folder.name, "postfix")
        os.mkdir(postfix)
        # Mail for moved@ is accepted, and only then found to be for nobody: that comes back as a bounce.
        cls.postfix = PostfixSite(postfix, ["alice", "christine", "gail"], {"moved": "nobody@example.test"},
                                  cls.lmtp_port)
        cls.postfix.start()
        cls.addClassCleanup(cls.postfix.stop)

    def setUp(self):
        folder = os.path.join(self.folder.name, self._testMethodName)
        os.mkdir(folder)
        database = make_database() if make_database else None
        if database:
            self.addCleanup(database.drop)
        self.site = TertiusSite(binary, folder, self.postfix.port, self.lmtp_port, database and database.url)
        self.addCleanup(self.postfix.forget_everything)
        self.addCleanup(self.site.stop)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            print(f"---- {self._testMethodName}, the daemon:\n{self.site.log()}\n---- Postfix:\n{self.postfix.log()}",
                  file=sys.stderr)

    def add_people(self, connector=CHRISTINE):
        self.site.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.site.run("member add", connector, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=connector).encode())
        card = self.site.folder / "gail.vcf"
        card.write_text(GAIL_VCF)
        self.site.run("import", "--member", connector, str(card))
        knows = f"owner,contact,rating\n{connector},{ALICE},0.5\n"
        self.site.run("import", "--format", "ties", "-", given=knows.encode())

    def request(self, connector=CHRISTINE):
        """By the command line, so that the tests of what follows need no confirmation."""
        pitch, note = self.site.folder / "pitch.txt", self.site.folder / "note.txt"
        pitch.write_text(PITCH)
        note.write_text(COVER_NOTE)
        self.site.run("request", "--member", ALICE, "--target", TARGET, "--connector", connector,
                      "--pitch", str(pitch), "--cover-note", str(note))

    def make_due(self):
        """The next try is up to a minute away: that minute is made to have passed."""
        self.site.query("UPDATE outbox SET not_before = 1, ready_at = 1 WHERE state = 'due'")

    def send(self, mail, sender, recipient):
        with smtplib.SMTP("127.0.0.1", self.postfix.port, local_hostname="client.example.test") as client:
            client.send_message(mail, sender, [recipient])

    def await_mail(self, user, words, what=lambda mail: True):
        def found():
            return next((mail for mail in self.postfix.mails(user) if words in everything_in(mail) and what(mail)),
                        None)

        def missing():
            return f"a mail with {words!r} to {user}, who has {[m['Subject'] for m in self.postfix.mails(user)]}"
        return await_that(found, missing)

    def answer(self, user, mail, words):
        self.send(reply(mail, f"{user}@example.test", words), f"{user}@example.test",
                  addresses_in(mail, "Reply-To")[0])

    def asked_by_command(self):
        """The request as Christine finds it, with the daemon running."""
        self.add_people()
        self.site.start()
        self.request()
        return self.await_mail("christine", "/forward")

    # ---- the tests ----

    def test_configuration_and_people(self):
        self.add_people()
        self.assertIn(b"is good", self.site.run("check").stdout)
        found = self.site.run("find", "--for", ALICE, TARGET).stdout.decode()
        self.assertIn("Christine Weaver", found)
        self.site.config.write_text(self.site.config.read_text() + "reply_all = 3\n")
        self.assertIn(b"reply_all", self.site.run("check", exit_code=78).stderr)

    def test_forwarded_accepted_introduced(self):
        self.add_people()
        self.site.start()
        self.send(new_request(CHRISTINE), ALICE, "Intro@intro.test")  # as telephones write it
        confirm = self.await_mail("alice", "/confirm/")
        self.assertEqual([], self.postfix.mails("christine"))
        self.site.press(link_in(confirm, "/confirm/"))

        request = self.await_mail("christine", "/forward")
        self.assertEqual("Introduce Alice Chen (Harbour Ledger) to Gail Goodman (Constant Contact)?",
                         request["Subject"])
        self.answer("christine", request, "forward")
        pitch = self.await_mail("gail", "/accept")
        self.assertIn("Could we talk for 20 minutes", text_of(pitch))
        self.assert_held_before(pitch)
        self.site.press(link_in(pitch, "/accept"))

        for user in ("alice", "gail"):
            mail = self.await_mail(user, "Reply to all")
            self.assertEqual({ALICE, GAIL}, set(addresses_in(mail, "To")))
            self.assertEqual([CHRISTINE], addresses_in(mail, "Cc"))
        self.assert_strangers_until_introduced("alice", GAIL)
        self.assert_strangers_until_introduced("gail", ALICE)
        self.site.await_state("introduced")

    def assert_held_before(self, pitch):
        history = {row["trigger"]: row["at"] for row in self.site.introduction()["history"]}
        held, forwarded = (time.mktime(time.strptime(history[trigger], "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
                           for trigger in ("hold", "forward"))
        self.assertGreaterEqual(forwarded, held + HOLD)
        self.assertGreaterEqual(pitch.delivered_at, forwarded)
        first = self.postfix.mails("gail")[0]
        self.assertEqual(pitch["Message-ID"], first["Message-ID"], "she heard something before")

    def assert_strangers_until_introduced(self, user, other):
        """Each mail but the introduction keeps the other's address; and that one does show it."""
        mails = self.postfix.mails(user)
        self.assertEqual(1, len([mail for mail in mails if other in everything_in(mail)]))
        self.assertGreater(len(mails), 1)

    def test_declined_by_reply(self):
        request = self.asked_by_command()
        self.answer("christine", request, "decline")
        self.await_mail("alice", "ended without an introduction")
        self.site.await_state("declined")
        self.assertEqual([], self.site.notices_to(GAIL))
        self.assertEqual([], self.postfix.mails("gail"))

    def test_absence_decides_nothing(self):
        request = self.asked_by_command()
        verp = request["Return-Path"].strip("<>")
        self.assertRegex(verp, r"^b\+.+@intro\.test$")
        away = letter(CHRISTINE, verp, "Out of office: " + request["Subject"],
                      "I am away until Monday and forward nothing. Yes, please forward it.",
                      Auto_Submitted="auto-replied", In_Reply_To=request["Message-ID"])
        self.send(away, "", verp)
        self.assertEqual("auto", self.site.await_letter("an automatic reply")["kind"])
        introduction = self.site.introduction()
        self.assertEqual("asked", introduction["state"])
        self.assertNotIn("held", introduction)
        self.assertEqual([], self.site.notices_to(GAIL))
        self.answer("christine", request, "forward")
        self.await_mail("gail", "/accept")

    def test_opening_every_link_decides_nothing(self):
        request = self.asked_by_command()
        links = set(re.findall(r"http://[^\s\"<>]+", parts_of(request)))
        self.assertGreaterEqual(len(links), 4)
        for link in links:
            self.assertEqual(200, self.site.fetch(link)[0], link)
        forms = self.site.forms(link_in(request, "/forward"))
        self.assertEqual(403, self.site.fetch(*forms[0], origin="https://elsewhere.test")[0])
        self.site.fetch(*forms[-1])  # the decoy: what presses every button is no person
        introduction = self.site.introduction()
        self.assertEqual(["draft", "ask"], [row["trigger"] for row in introduction["history"]])
        self.assertEqual([], self.site.notices_to(GAIL))

    def test_connector_refused_at_the_door(self):
        self.assert_unreachable("gone@example.test")

    def test_connector_bounces_later(self):
        self.assert_unreachable("moved@example.test")
        self.assertEqual("bounce", self.site.await_letter("a bounce of the connector")["kind"])

    def assert_unreachable(self, connector):
        self.add_people(connector)
        self.site.start()
        self.request(connector)
        told = self.await_mail("alice", "ended without an introduction")
        self.assertIn("could not be delivered", text_of(told))
        last = self.site.await_state("expired")["history"][-1]
        self.assertEqual("bounce", last["trigger"])
        self.assertIn("could not be delivered", last["remark"])
        self.assertEqual([], self.site.notices_to(GAIL))

    def test_more_visitors_than_the_usual_limit_of_descriptors(self):
        usual = resource.getrlimit(resource.RLIMIT_NOFILE)
        many = 3000
        if usual[1] < many + 500:
            self.skipTest(f"only {usual[1]} descriptors here")
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, usual[1]))
        try:
            self.site.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (usual[1], usual[1]))
        idle = [socket.create_connection(("127.0.0.1", self.site.web)) for _ in range(many)]
        self.assertEqual(200, self.site.fetch("/healthz")[0])
        for one in idle:
            one.close()

    def test_one_daemon_that_ends_when_told(self):
        request = self.asked_by_command()
        if make_database:  # as many as one likes, but at places of their own
            second = self.site.run("serve", exit_code=70).stderr.decode()
            self.assertIn(f"letters cannot be taken on 127.0.0.1:{self.lmtp_port}: Address already in use", second)
        else:
            second = self.site.run("serve", exit_code=75).stderr.decode()
            self.assertIn(f"is in use by process {self.site.daemon.pid}", second)
            self.assertIn("hint:", second)
        self.assertEqual(0, self.site.stop(within=5))

        # What is written while it is down waits with Postfix; what it held when it ended is not forgotten.
        self.answer("christine", request, "forward")
        self.site.start()
        self.postfix.flush()
        self.site.await_letter("forward")
        self.assertEqual(0, self.site.stop(within=5))
        self.assertEqual("asked", self.site.introduction()["state"])
        self.site.start()
        self.await_mail("gail", "/accept")
        self.site.await_state("forwarded")
        await_that(lambda: all(notice["state"] == "sent" for notice in self.site.ask("outbox")), "all is sent")
        self.assertEqual(1, len(self.postfix.mails("gail")))

    def test_relay_down(self):
        self.add_people()
        self.site.start()
        self.postfix.stop()
        self.addCleanup(self.postfix.start)  # for the next test, where this one fails here
        self.request()

        def waiting():
            return [notice for notice in self.site.notices_to(CHRISTINE)
                    if notice["state"] == "due" and notice["last_reply"]]
        notice = await_that(waiting, "the notice waits")[0]
        self.postfix.start()
        self._cleanups.pop()
        self.make_due()
        self.assertEqual(notice["message_id"].strip("<>"),
                         self.await_mail("christine", "/forward")["Message-ID"].strip("<>"))

    def test_a_stop_keeps_what_became_of_a_mail(self):
        relay = SilentRelay()
        self.addCleanup(relay.close)
        self.site = TertiusSite(binary, self.site.folder, relay.port, self.lmtp_port)
        self.addCleanup(self.site.stop)
        self.add_people()
        self.site.start()
        self.request()
        self.assertTrue(relay.has_the_dot.wait(30))
        self.assertEqual(0, self.site.stop(within=10))
        notices = self.site.notices_to(CHRISTINE) + self.site.notices_to(ALICE)
        unanswered = [n for n in notices if "no reply behind the dot" in n["last_reply"]]
        self.assertTrue(unanswered, notices)
        # Sent again later, not at once by the next life.
        self.assertEqual({"due"}, {n["state"] for n in unanswered})

    def test_a_password_that_was_changed_is_read_again(self):
        relay = LoginRelay("new")
        self.addCleanup(relay.close)
        self.site = TertiusSite(binary, self.site.folder, relay.port, self.lmtp_port)
        self.addCleanup(self.site.stop)
        password = self.site.folder / "password"
        password.write_text("old")
        password.chmod(0o600)
        config = self.site.config.read_text()
        self.site.config.write_text(
            config.replace("[hold]", f'user = "tertius"\npassword_file = "{password}"\n[hold]'))
        self.add_people()
        self.site.start()
        password.write_text("new")
        self.request()
        await_that(lambda: any(notice["last_reply"] for notice in self.site.notices_to(CHRISTINE)), "it was refused")
        self.make_due()
        await_that(lambda: CHRISTINE in relay.recipients, "the relay has the request")
        self.assertGreater(relay.refused, 0)

    def test_letters_through_a_pipe(self):
        self.add_people()
        self.site.start()
        self.site.run("inject", "--recipient", "intro@intro.test", "--sender", ALICE,
                      given=new_request(CHRISTINE).as_bytes())
        self.await_mail("alice", "/confirm/")

    def test_forged_token_is_nobody(self):
        self.add_people()
        self.site.start()
        forged = "intro+AAAAAAAAAAAAAAAAAAAAAAAAAAAA@intro.test"
        mail = letter(CHRISTINE, forged, "Re: Introduce", "forward\n")
        self.site.run("inject", "--recipient", forged, "--sender", CHRISTINE, given=mail.as_bytes(), exit_code=67)
        self.send(mail, CHRISTINE, forged)
        bounce = self.await_mail("christine", forged, lambda mail: mail.get_content_type() == "multipart/report")
        self.assertIn("550 5.1.1", bounce.as_string())
        self.assertEqual([], self.site.ask("letters"))


if __name__ == "__main__":
    if reason := why_not_here():
        print("binary_test is skipped: " + reason)
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") and os.geteuid() == 0 else 77)
    make_database = wanted_by_command_line()
    binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
