"""The daemon at a mailbox of a Dovecot of the test's own."""
import os
import pathlib
import sys
import tempfile
import unittest

from imap_site import PASSWORD, USER, ImapSite
from letters import letter
from mail_sink import MailSink
from postfix_site import await_that, free_port
from tertius_site import TertiusSite
from token_server import TokenServer


def hello(subject):
    return letter("carol@example.test", "intro@intro.test", subject, "Hello")


class ImapCase(unittest.TestCase):
    binary = ""  # set by the program

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        cls.addClassCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)  # Dovecot's processes must get in
        cls.all_folders = pathlib.Path(folder.name)

    def setUp(self):
        self.folder, self.relay = self.all_folders / str(len(list(self.all_folders.iterdir()))), MailSink()
        self.folder.mkdir()
        self.addCleanup(self.relay.close)
        for name in ("dovecot", "tertius"):
            (self.folder / name).mkdir()
        self.tokens = TokenServer(USER, "refresh-0")
        self.addCleanup(self.tokens.close)
        self.dovecot = ImapSite(str(self.folder / "dovecot"), self.tokens.url)
        self.dovecot.start()
        self.addCleanup(self.dovecot.stop)
        self.site = TertiusSite(self.binary, str(self.folder / "tertius"), self.relay.port, free_port())
        self.password = self.folder / "password"
        self.password.write_text(PASSWORD + "\n")

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            print(f"---- Tertius:\n{self.site.log()}\n---- Dovecot:\n{self.dovecot.log()}", file=sys.stderr)

    def configure(self, url="", **keys):
        keys = {"url": url or f"imap://127.0.0.1:{self.dovecot.imap}/INBOX", "user": USER,
                "password_file": str(self.password)} | keys
        lines = [f'{name} = "{value}"' for name, value in keys.items() if value is not None]
        text = self.site.config.read_text().replace("[broker]\n", '[broker]\noperator = "root@example.test"\n')
        self.site.config.write_text(text + "[imap]\n" + "\n".join(lines) + "\n")

    def start(self):
        self.site.start()
        self.addCleanup(self.site.stop)

    def subjects(self):
        return [one["subject"] for one in reversed(self.site.ask("letters"))]

    def await_subjects(self, *subjects):
        await_that(lambda: self.subjects() == list(subjects), lambda: f"the letters are {subjects}, not {self.subjects()}")

    def await_none(self, wanted, folder="INBOX"):
        await_that(lambda: not self.dovecot.ask(folder, wanted), lambda: f"{wanted} finds {self.dovecot.ask(folder, wanted)}")

    def offer(self, capability):
        self.dovecot.stop()
        with self.dovecot.config.open("a") as config:
            config.write(f"imap_capability = IMAP4rev1 {capability}\n")
        self.dovecot.start()
