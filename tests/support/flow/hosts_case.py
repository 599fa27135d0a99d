"""Several hosts, each with a configuration and a daemon of its own, on one PostgreSQL and behind one URL."""
import os
import pathlib
import sys
import tempfile
import unittest

from letters import COVER_NOTE, GAIL_VCF, PITCH
from mail_sink import MailSink
from postfix_site import await_that, free_port
from postgres_database import PostgresDatabase, server_url
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEMAIL:{}\r\nEND:VCARD\r\n"


class HostsCase(unittest.TestCase):
    binary = ""  # by main()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay, self.database, self.hosts = pathlib.Path(folder.name), MailSink(), PostgresDatabase(), []
        self.addCleanup(self.relay.close)
        self.addCleanup(self.database.drop)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for host in self.hosts:
                print(f"---- {host.folder.name}:\n{host.log()}", file=sys.stderr)

    def host(self, name, more="", binary=None):
        """A machine: its own configuration and daemon; the database and the key are everybody's."""
        (self.folder / name).mkdir()
        host = TertiusSite(binary or self.binary, self.folder / name, self.relay.port, free_port(), self.database.url,
                           self.folder / "link.key", more)
        self.hosts.append(host)
        self.addCleanup(host.stop)
        return host

    def settle(self, host):
        for address, name in [(ALICE, "Alice Chen"), (CHRISTINE, "Christine Weaver")]:
            host.run("member add", address, "--name", name)
        cards = self.folder / "cards.vcf"
        cards.write_text(GAIL_VCF + CARD.format("Alice Chen", ALICE))
        host.run("import", str(cards), "--member", CHRISTINE)

    def ask(self, host):
        for name, words in [("pitch", PITCH), ("note", COVER_NOTE)]:
            (self.folder / name).write_text(words)
        host.run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
                 "--pitch", str(self.folder / "pitch"), "--cover-note", str(self.folder / "note"))

    def lessee(self, host, lease="clock"):
        """The pid of the living daemon that holds it: the deadlines, or a mailbox."""
        holders = [one["pid"] for one in host.ask("status")["daemons"] if one["alive"] and lease in one["leases"]]
        self.assertLessEqual(len(holders), 1)
        return holders[0] if holders else None

    def await_lessee(self, host, wanted, lease="clock"):
        await_that(lambda: self.lessee(host, lease) in wanted,
                   lambda: f"one of {wanted} holds the {lease}, not {self.lessee(host, lease)}", 60)

    def press_between(self, url, shown_by, taken_by):
        """The page from one daemon, the press to another, as a load balancer has it."""
        url = url.removeprefix(self.hosts[0].url)
        action, fields = next(form for form in shown_by.forms(shown_by.url + url) if "decoy" not in form[1])
        status, page = taken_by.fetch(action.removeprefix(self.hosts[0].url), fields, origin=self.hosts[0].url)
        self.assertIn(status, (200, 303), page)

    def one_address(self):
        """All hosts stand behind the first one's URL."""
        for host in self.hosts[1:]:
            host.config.write_text(host.config.read_text().replace(f'public_url = "{host.url}"',
                                                                   f'public_url = "{self.hosts[0].url}"'))


def main(doc, *programs):
    """Runs the tests of the calling file with the programs that the command line names."""
    if len(sys.argv) <= len(programs):
        sys.exit(doc)
    for name in programs:
        setattr(HostsCase, name, os.path.abspath(sys.argv.pop(1)))
    if not server_url():
        print("skipped: no PostgreSQL (tests/support/postgres.sh runs one)")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
