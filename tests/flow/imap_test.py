"""Letters from an IMAP mailbox: the real daemon at a real Dovecot, which is restarted, refuses it and forgets its UIDs.

python3 imap_test.py TERTIUS [unittest's arguments]; exits 77 where Dovecot cannot run.
"""
import imaplib
import json
import os
import pathlib
import signal
import sqlite3
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

import dovecot_site
from imap_case import ImapCase, hello
from imap_site import PASSWORD
from letters import CONNECTIONS_CSV, GAIL_VCF, addresses_in, link_in, new_request, reply
from postfix_site import await_that

ALICE, CHRISTINE = "alice@example.test", "christine@example.test"


class ImapTest(ImapCase):
    # ---- what it is for ----

    def test_an_introduction_takes_its_way_through_it(self):
        self.site.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.site.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=CHRISTINE).encode())
        card = self.folder / "gail.vcf"
        card.write_text(GAIL_VCF)
        self.site.run("import", "--member", CHRISTINE, str(card))
        knows = f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n"
        self.site.run("import", "--format", "ties", "-", given=knows.encode())
        self.configure()
        self.start()
        self.dovecot.deliver(new_request(CHRISTINE), ALICE)
        self.site.press(link_in(self.relay.await_mail(ALICE, "/confirm/"), "/confirm/"))
        request = self.relay.await_mail(CHRISTINE, "/forward")
        token = addresses_in(request, "Reply-To")[0]
        answer = reply(request, CHRISTINE, "forward")
        del answer["To"]
        answer["To"] = "intro@intro.test"  # s-nail ignores Reply-To: the token is in Delivered-To alone
        self.dovecot.deliver(answer, CHRISTINE, token)
        self.site.await_letter("forward")
        self.relay.await_mail("gail@example.test", "/accept")
        self.await_none("UNSEEN")

    def test_what_somebody_had_seen_before_us_is_theirs_and_what_comes_is_ours(self):
        self.dovecot.deliver(hello("old and seen"))
        self.dovecot.flag("ALL", "+FLAGS", r"(\Seen)")
        self.dovecot.deliver(hello("old"))
        self.configure()
        self.start()
        self.await_subjects("old")
        self.await_none("UNSEEN")
        self.assertEqual(0, self.site.stop())
        self.dovecot.deliver(hello("new and seen"))
        self.dovecot.flag("ALL", "+FLAGS", r"(\Seen)")
        self.start()
        self.dovecot.deliver(hello("new"))
        self.await_subjects("old", "new and seen", "new")

    def test_many_are_taken_in_the_order_of_their_coming(self):
        for n in range(120):
            self.dovecot.deliver(hello(f"Hello {n}"))
        self.configure()
        self.start()
        self.await_none("UNSEEN")
        listed = [one["subject"] for one in reversed(self.site.ask("letters", "--limit", "200"))]
        self.assertEqual([f"Hello {n}" for n in range(120)], listed)

    def test_letters_are_moved(self):
        self.configure(move_to="Erledigte Briefe & Sönstiges")
        self.start()
        self.dovecot.deliver(hello("to be moved"))
        self.await_subjects("to be moved")
        self.await_none("ALL")
        self.assertEqual([1], self.dovecot.ask("Erledigte Briefe &- S&APY-nstiges", "SEEN"))

    def test_letters_are_copied_and_expunged(self):
        self.offer("IDLE UIDPLUS")
        self.test_letters_are_moved()

    def test_letters_stay_where_they_could_be_expunged_with_others_alone(self):
        self.offer("IDLE")
        self.configure(move_to="Done")
        self.start()
        self.dovecot.deliver(hello("to stay"))
        self.await_subjects("to stay")
        self.await_none("UNSEEN")
        self.assertEqual([1], self.dovecot.ask())
        self.assertIn("neither MOVE nor UIDPLUS", self.site.log())

    def test_another_folder(self):
        client = self.dovecot.client()
        client.create("&ZeVnLIqe-")
        client.append("&ZeVnLIqe-", None, None, hello("elsewhere").as_bytes())
        client.logout()
        self.configure(f"imap://127.0.0.1:{self.dovecot.imap}/%E6%97%A5%E6%9C%AC%E8%AA%9E")
        self.start()
        self.await_subjects("elsewhere")
        self.await_none("UNSEEN", "&ZeVnLIqe-")

    def test_what_cannot_be_read_keeps_no_other_waiting(self):
        self.dovecot.deliver(b"Subject: long\r\n\r\n" + (b"x" * 78 + b"\r\n") * 330_000)
        self.dovecot.deliver(bytes(byte for byte in range(1, 256) if byte not in b"\r\n") * 40)
        self.dovecot.deliver(hello("good"))
        self.configure()
        self.start()
        self.await_none("UNSEEN")
        self.assertIn("good", self.subjects())
        self.assertNotIn("long", self.subjects())
        self.assertIn("longer than we read", self.site.log())

    # ---- doors ----

    def test_tls_and_starttls(self):
        ca = str(self.dovecot.authority)
        for url in (f"imaps://127.0.0.1:{self.dovecot.imaps}", f"imap://127.0.0.2:{self.dovecot.imap}"):
            with self.subTest(url):
                plain = self.site.config.read_text()
                self.configure(url, ca_file=ca)
                self.dovecot.deliver(hello(url))
                self.site.start()
                await_that(lambda: url in self.subjects(), "the letter is taken")
                self.site.stop()
                self.site.config.write_text(plain)

    def test_a_certificate_that_is_not_to_be_trusted_is_an_alert(self):
        self.configure(f"imaps://127.0.0.1:{self.dovecot.imaps}")
        self.dovecot.deliver(hello("secret"))
        self.start()
        self.relay.await_mail("root@example.test", "certificate")
        self.assertEqual([], self.subjects())

    def examine(self):
        out = self.site.run("doctor", "--json", "--dns", "127.0.0.1:9", exit_code=69).stdout
        found = next(one for one in json.loads(out) if one["check"] == "mailbox")
        return found["health"], found["what"] + " -> " + found["advice"]

    def test_the_doctor_looks_at_the_login_and_the_folder(self):
        plain = self.site.config.read_text()
        self.assertEqual("ok", self.examine()[0], "there is none")
        for folder, password, ca, health, words in [
                ("INBOX", PASSWORD, True, "ok", "its certificate holds until"),
                ("Nowhere", PASSWORD, True, "bad", "no folder Nowhere"),
                ("INBOX", "wrong", True, "bad", "imap.password_file"),
                ("INBOX", PASSWORD, False, "bad", "imap.ca_file")]:
            with self.subTest(words):
                self.password.write_text(password)
                self.site.config.write_text(plain)
                self.configure(f"imaps://127.0.0.1:{self.dovecot.imaps}/{folder}",
                               ca_file=str(self.dovecot.authority) if ca else None)
                found, what = self.examine()
                self.assertEqual(health, found, what)
                self.assertIn(words, what)

    # ---- access tokens ----

    def configure_tokens(self):
        (self.folder / "secrets").mkdir()
        self.refresh_token = self.folder / "secrets" / "refresh-token"
        self.refresh_token.write_text("refresh-0\n")
        self.configure(password_file=None)
        with self.site.config.open("a") as config:
            config.write(f'[imap_oauth]\ntoken_url = "{self.tokens.url}"\nclient_id = "us"\n'
                         f'refresh_token_file = "{self.refresh_token}"\n')

    def test_an_access_token_is_as_good_and_the_next_refresh_token_is_kept(self):
        self.configure_tokens()
        self.start()
        self.dovecot.deliver(hello("by token"))
        self.await_subjects("by token")
        self.await_none("UNSEEN")
        self.assertEqual("refresh-1\n", self.refresh_token.read_text())
        self.assertNotIn("access-1", self.site.log())

    def test_the_next_start_goes_on_with_the_token_that_was_kept(self):
        self.configure_tokens()
        for subjects in (["before"], ["before", "after"]):
            self.site.start()
            self.dovecot.deliver(hello(subjects[-1]))
            self.await_subjects(*subjects)
            self.site.stop()
        self.assertEqual("refresh-2\n", self.refresh_token.read_text())

    def test_a_consent_that_was_revoked_is_an_alert(self):
        self.tokens.revoked = True
        self.configure_tokens()
        self.start()
        alert = self.relay.await_mail("root@example.test", "invalid_grant")
        self.assertIn("The login at the mailbox wants a hand", alert["Subject"])
        self.tokens.revoked = False
        self.dovecot.deliver(hello("patient"))
        self.assertEqual([], self.subjects())

    # ---- what goes wrong ----

    def test_a_wrong_password_is_an_alert_until_it_is_right(self):
        self.password.write_text("wrong\n")
        self.configure()
        self.start()
        alert = self.relay.await_mail("root@example.test", "Authentication failed")
        self.assertIn("The mailbox refuses us", alert["Subject"])
        self.dovecot.deliver(hello("patient"))
        self.password.write_text(PASSWORD + "\n")
        self.site.daemon.send_signal(signal.SIGHUP)
        self.await_subjects("patient")
        self.assertNotIn(PASSWORD + " ", self.site.log())

    def test_the_server_is_restarted(self):
        self.configure()
        self.start()
        self.dovecot.deliver(hello("before"))
        self.await_subjects("before")
        self.dovecot.stop()
        self.dovecot.start()
        self.dovecot.deliver(hello("after"))
        self.await_subjects("before", "after")

    def test_a_folder_made_anew_gives_no_letter_twice(self):
        self.configure()
        self.start()
        for subject in ("one", "two"):
            self.dovecot.deliver(hello(subject))
        self.await_subjects("one", "two")
        self.await_none("UNSEEN")
        self.dovecot.flag("SUBJECT two", "-FLAGS", r"(\Seen)")
        self.dovecot.deliver(hello("three"))
        self.await_subjects("one", "two", "three")
        self.dovecot.stop()
        self.dovecot.make_anew()
        self.dovecot.start()
        self.dovecot.deliver(hello("four"))
        self.await_subjects("one", "two", "three", "four")
        self.await_none("UNSEEN")

    def test_a_folder_made_anew_loses_nothing_that_a_filter_has_marked(self):
        self.dovecot.deliver(hello("before"))
        self.configure()
        self.start()
        self.await_subjects("before")
        self.await_none("UNSEEN")
        self.assertEqual(0, self.site.stop())
        self.dovecot.stop()
        self.dovecot.make_anew()
        self.dovecot.start()
        self.dovecot.deliver(hello("marked"))
        client = self.dovecot.client()
        client.append("INBOX", r"(\Seen)", imaplib.Time2Internaldate(time.time() - 30 * 86_400), hello("old").as_bytes())
        client.logout()
        self.dovecot.flag("ALL", "+FLAGS", r"(\Seen)")
        self.dovecot.deliver(hello("after"))
        self.start()
        self.await_subjects("before", "marked", "after")
        self.await_none("UNSEEN")
        self.assertIn("the folder was made anew", self.site.log())
        self.assertNotIn("old", self.subjects())

    def test_killed_between_the_mark_and_the_move(self):
        self.dovecot.deliver(hello("once"))
        self.configure(move_to="Done")
        self.start()
        self.await_none("ALL")
        self.assertEqual(0, self.site.stop())
        # As it would lie there then.
        client = self.dovecot.client()
        client.append("INBOX", r"(\Seen)", None, hello("seen and not moved").as_bytes())
        client.logout()
        [uid] = self.dovecot.ask()
        with sqlite3.connect(self.site.folder / "tertius.db") as db:
            db.execute("UPDATE mailboxes SET done = ?, later = ?, fresh = ?", (uid - 1, str(uid), uid + 1))
        self.start()
        self.await_none("ALL")
        self.assertEqual(2, len(self.dovecot.ask("Done")))
        self.assertEqual(["once", "seen and not moved"], self.subjects())

    def test_killed_between_the_commit_and_the_mark(self):
        self.configure()
        self.start()
        self.dovecot.deliver(hello("once"))
        self.await_subjects("once")
        self.await_none("UNSEEN")
        self.assertEqual(0, self.site.stop())
        # As it would lie there then.
        self.dovecot.flag("ALL", "-FLAGS", r"(\Seen)")
        with sqlite3.connect(self.site.folder / "tertius.db") as db:
            db.execute("UPDATE mailboxes SET done = 0")
        self.start()
        self.await_none("UNSEEN")
        self.assertEqual(["once"], self.subjects())

    def test_killed_at_any_time_each_is_taken_once(self):
        self.configure(move_to="Done")
        subjects = [f"Hello {n}" for n in range(100)]
        for subject in subjects[:60]:
            self.dovecot.deliver(hello(subject))
        for more in subjects[60::10]:
            taken = len(self.site.ask("letters", "--limit", "500"))
            self.site.start()
            self.addCleanup(self.site.stop)
            await_that(lambda: len(self.site.ask("letters", "--limit", "500")) > taken, "some are taken")
            self.site.daemon.kill()
            self.site.daemon.wait()
            for subject in subjects[subjects.index(more):][:10]:
                self.dovecot.deliver(hello(subject))
        self.start()
        self.await_none("ALL")
        listed = [one["subject"] for one in reversed(self.site.ask("letters", "--limit", "500"))]
        self.assertEqual(subjects, listed)
        self.assertEqual(100, len(self.dovecot.ask("Done")))


if __name__ == "__main__":
    if reason := dovecot_site.why_not_here():
        print("imap_test is skipped: " + reason)
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") and os.geteuid() == 0 else 77)
    ImapCase.binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
