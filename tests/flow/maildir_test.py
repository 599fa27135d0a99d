"""Letters from a Maildir: the real daemon beside whatever delivers there, in order, broken, too long, and killed meanwhile.

python3 maildir_test.py TERTIUS [unittest's arguments]
"""
import os
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from letters import CONNECTIONS_CSV, GAIL_VCF, addresses_in, letter, link_in, new_request, reply
from mail_sink import MailSink
from postfix_site import await_that, free_port
from tertius_site import CommandFailed, TertiusSite

ALICE, CHRISTINE = "alice@example.test", "christine@example.test"
binary = ""


class MaildirTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay = pathlib.Path(folder.name), MailSink()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        self.maildir = self.folder / "Maildir"
        for name in ["tmp", "new", "cur"]:
            (self.maildir / name).mkdir(parents=True)
        self.site.config.write_text(self.site.config.read_text() + f'[maildir]\npath = "{self.maildir}"\n')
        self.count = 0

    def start(self):
        self.site.start()
        self.addCleanup(self.site.stop)

    def deliver(self, mail, sender, recipient):
        """As a mail server does: whole in tmp/, then under its name in new/."""
        self.count += 1
        name = f"{1_800_000_000 + self.count}.M{self.count}.test"
        head = f"Return-Path: <{sender}>\nDelivered-To: {recipient}\n"
        text = mail if isinstance(mail, bytes) else mail.as_bytes()
        (self.maildir / "tmp" / name).write_bytes(head.encode() + text)
        os.rename(self.maildir / "tmp" / name, self.maildir / "new" / name)
        return name

    def await_taken(self, name):
        await_that(lambda: (self.maildir / "cur" / f"{name}:2,S").exists(), f"{name} is taken and kept as seen", 30)
        self.assertFalse((self.maildir / "new" / name).exists())

    def test_an_introduction_takes_its_way_through_it(self):
        self.site.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.site.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=CHRISTINE).encode())
        card = self.folder / "gail.vcf"
        card.write_text(GAIL_VCF)
        self.site.run("import", "--member", CHRISTINE, str(card))
        knows = f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n"
        self.site.run("import", "--format", "ties", "-", given=knows.encode())
        self.start()
        self.await_taken(self.deliver(new_request(CHRISTINE), ALICE, "intro@intro.test"))
        self.site.press(link_in(self.relay.await_mail(ALICE, "/confirm/"), "/confirm/"))
        request = self.relay.await_mail(CHRISTINE, "/forward")
        token = addresses_in(request, "Reply-To")[0]
        answer = reply(request, CHRISTINE, "forward")
        del answer["To"]
        answer["To"] = "intro@intro.test"  # s-nail ignores Reply-To: the token is in Delivered-To alone
        self.await_taken(self.deliver(answer, CHRISTINE, token))
        self.site.await_letter("forward")
        self.relay.await_mail("gail@example.test", "/accept")

    def test_they_are_taken_in_the_order_of_their_coming(self):
        names = [self.deliver(letter("carol@example.test", "intro@intro.test", f"Hello {n}", "Hello"), "carol@example.test",
                              "intro@intro.test") for n in range(25)]
        self.start()
        for name in names:
            self.await_taken(name)
        subjects = [one["subject"] for one in reversed(self.site.ask("letters"))]
        self.assertEqual(subjects, [f"Hello {n}" for n in range(25)])

    def test_what_cannot_be_read_keeps_no_other_waiting(self):
        long = self.deliver(b"Subject: long\n\n" + b"x" * 79 * 330_000, "carol@example.test", "intro@intro.test")
        empty = self.deliver(b"", "carol@example.test", "intro@intro.test")
        junk = self.deliver(bytes(range(256)) * 40, "", "nobody@elsewhere.test")
        (self.maildir / "new" / "a-folder").mkdir()
        good = self.deliver(letter("carol@example.test", "intro@intro.test", "Good", "Hello"), "carol@example.test",
                            "intro@intro.test")
        self.start()
        for name in [long, empty, junk, good]:
            self.await_taken(name)
        self.assertIn("Good", [one["subject"] for one in self.site.ask("letters")])
        self.assertIn("longer than we read", self.site.log())

    def test_the_same_letter_is_acted_on_once(self):
        mail = letter("carol@example.test", "intro@intro.test", "Twice", "Hello")
        name = self.deliver(mail, "carol@example.test", "intro@intro.test")
        self.start()
        self.await_taken(name)
        # As after a kill between the commit and the move.
        os.rename(self.maildir / "cur" / f"{name}:2,S", self.maildir / "new" / name)
        self.await_taken(name)
        self.assertEqual([one["subject"] for one in self.site.ask("letters")], ["Twice"])

    def test_no_maildir_is_said_at_the_start(self):
        (self.maildir / "cur").rmdir()
        with self.assertRaises(CommandFailed) as failed:
            self.start()
        self.assertIn("maildir.path", str(failed.exception))


if __name__ == "__main__":
    binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
