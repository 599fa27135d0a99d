"""What people have in their mailboxes in the end: through a real Postfix into a real Dovecot, read over IMAP.

python3 delivery_test.py TERTIUS [unittest's arguments]; exits 77 where Postfix or Dovecot cannot run.

Every kind of mail, in every language and to everybody who may get it, is handed to Postfix as `tertius preview --raw`
writes it, by smtplib: to bring each kind about would take days of reminders. What the daemon itself sends goes the same
way in the last test, for the kinds of one introduction.
"""
import email
import email.policy
import os
import pathlib
import re
import smtplib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "support"
sys.path[:0] = [str(SUPPORT / "flow"), str(SUPPORT / "mail")]

import dovecot_site
import postfix_site
import previews
from dovecot_site import DovecotSite
from letters import CONNECTIONS_CSV, COVER_NOTE, GAIL_VCF, PITCH, addresses_in, reply
from postfix_site import PostfixSite, await_that, free_port
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
binary = ""


def parts_of(mail):
    return {part.get_content_type(): part.get_content().replace("\r\n", "\n").rstrip("\n") for part in mail.iter_parts()}


class DeliveryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        cls.addClassCleanup(cls.folder.cleanup)
        os.chmod(cls.folder.name, 0o755)  # Postfix's and Dovecot's processes must get in
        for name in ("postfix", "dovecot", "tertius"):
            os.mkdir(os.path.join(cls.folder.name, name))
        cls.mails = previews.mails(binary, "--raw")
        cls.dovecot = DovecotSite(os.path.join(cls.folder.name, "dovecot"))
        cls.dovecot.start()
        cls.addClassCleanup(cls.dovecot.stop)
        cls.lmtp_port = free_port()
        users = {cls.user(mail) for mail in cls.mails} | {"alice", "christine", "gail"}
        cls.postfix = PostfixSite(os.path.join(cls.folder.name, "postfix"), users, {}, cls.lmtp_port,
                                  f"lmtp:inet:127.0.0.1:{cls.dovecot.lmtp}")
        cls.postfix.start()
        cls.addClassCleanup(cls.postfix.stop)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            print(f"---- Postfix:\n{self.postfix.log()}\n---- Dovecot:\n{self.dovecot.log()}", file=sys.stderr)

    @staticmethod
    def user(mail):
        language, _, to = mail
        return f"{language}.{to}"

    def fetched(self, user, count):
        """{Message-ID: the octets}, as soon as there are so many."""
        def all_of_them():
            mails = self.dovecot.fetch(user)
            return mails if len(mails) >= count else None
        mails = await_that(all_of_them, lambda: f"{count} mails to {user}, not {len(self.dovecot.fetch(user))}")
        self.assertEqual(count, len(mails))
        return {email.message_from_bytes(mail)["Message-ID"]: mail for mail in mails}

    def test_every_kind(self):
        with smtplib.SMTP("127.0.0.1", self.postfix.port, local_hostname="intro.test") as client:
            for mail, octets in self.mails.items():
                client.sendmail("b+token@intro.test", [f"{self.user(mail)}@example.test"], octets)
        words = {form: previews.mails(binary, form) for form in ("--text", "--html")}
        counts = {}
        for mail in self.mails:
            counts[self.user(mail)] = counts.get(self.user(mail), 0) + 1
        boxes = {user: self.fetched(user, count) for user, count in counts.items()}
        for mail, sent in self.mails.items():
            with self.subTest("-".join(mail)):
                found = boxes[self.user(mail)][email.message_from_bytes(sent)["Message-ID"]]
                self.assert_same(found, sent, words["--text"][mail].decode(), words["--html"][mail].decode())
        print(f"{len(self.mails)} mails through Postfix and Dovecot", file=sys.stderr)

    def assert_same(self, found, sent, text, page):
        # Servers put their own headers in front, and change nothing.
        self.assertTrue(found.endswith(sent))
        self.assertRegex(found[:len(found) - len(sent)], rb"(?s)^Return-Path: <b\+token@intro\.test>\r\n.*Received: ")
        mail = email.message_from_bytes(found, policy=email.policy.default)
        subject, _, body = text.partition("\n\n")
        self.assertEqual("Subject: " + mail["Subject"], subject)
        self.assertEqual({"text/plain": body.rstrip("\n"), "text/html": page.rstrip("\n")},
                         parts_of(mail))

    # ---- what the daemon sends ----

    def await_mail(self, user, words):
        def found():
            for octets in self.dovecot.fetch(user):
                mail = email.message_from_bytes(octets, policy=email.policy.default)
                if words in "".join(parts_of(mail).values()):
                    return mail
            return None
        return await_that(found, f"a mail with {words!r} to {user}")

    def answer(self, user, mail, words):
        with smtplib.SMTP("127.0.0.1", self.postfix.port, local_hostname="client.example.test") as client:
            written = reply(mail, f"{user}@example.test", words)
            client.send_message(written, f"{user}@example.test", [addresses_in(mail, "Reply-To")[0]])

    def ask(self, site):
        site.run("member add", ALICE, "--name", "Alice Chén, \"Ali\"", "--organisation", "Harbour Ledger")
        site.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=CHRISTINE).encode())
        for name, text in (("gail.vcf", GAIL_VCF), ("pitch", PITCH), ("note", COVER_NOTE)):
            (site.folder / name).write_text(text)
        site.run("import", "--member", CHRISTINE, str(site.folder / "gail.vcf"))
        site.run("import", "--format", "ties", "-", given=f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n".encode())
        site.start()
        site.run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
                 "--pitch", str(site.folder / "pitch"), "--cover-note", str(site.folder / "note"))

    def test_an_introduction(self):
        site = TertiusSite(binary, os.path.join(self.folder.name, "tertius"), self.postfix.port, self.lmtp_port)
        self.addCleanup(site.stop)
        self.ask(site)
        request = self.await_mail("christine", "/forward")
        self.answer("christine", request, "forward")
        pitch = self.await_mail("gail", "/accept")
        self.answer("gail", pitch, "accept")
        introductions = [self.await_mail(user, "Reply to all") for user in ("alice", "gail")]
        for mail in (request, pitch, *introductions):
            self.assertEqual([], [defect for part in mail.walk() for defect in part.defects])
            self.assertEqual(["text/plain", "text/html"], list(parts_of(mail)))
            self.assertIn("Could we talk for 20 minutes", re.sub(r"\s+", " ", parts_of(mail)["text/plain"]))
        self.assertEqual("Alice Chén, \"Ali\" via Rowan Alumni", request["From"].addresses[0].display_name)
        self.assertEqual([ALICE, GAIL], addresses_in(introductions[0], "To"))


if __name__ == "__main__":
    if reason := postfix_site.why_not_here() or dovecot_site.why_not_here():
        print("delivery_test is skipped: " + reason)
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") and os.geteuid() == 0 else 77)
    binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
