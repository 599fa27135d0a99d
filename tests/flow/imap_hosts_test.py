"""Several daemons and one mailbox: one of them reads it, and when it dies or stands still another goes on.

postgres.sh python3 imap_hosts_test.py TERTIUS [unittest's arguments]; exits 77 where Dovecot or PostgreSQL cannot run.
"""
import os
import pathlib
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

import dovecot_site
from hosts_case import HostsCase, main
from imap_site import PASSWORD, USER, ImapSite
from letters import letter
from postfix_site import await_that


class ImapHostsTest(HostsCase):
    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o755)  # Dovecot's processes must get in
        (self.folder / "dovecot").mkdir()
        self.dovecot = ImapSite(str(self.folder / "dovecot"), "http://127.0.0.1:1")
        self.dovecot.start()
        self.addCleanup(self.dovecot.stop)
        password = self.folder / "password"
        password.write_text(PASSWORD + "\n")
        imap = (f'[imap]\nurl = "imap://127.0.0.1:{self.dovecot.imap}/INBOX"\nuser = "{USER}"\n'
                f'password_file = "{password}"\n')
        self.first, self.second = self.host("first", imap), self.host("second", imap)
        self.first.start()
        self.await_reader(self.first)
        self.second.start()

    def await_reader(self, host):
        self.await_lessee(host, [host.daemon.pid], f"imap {USER}@127.0.0.1/INBOX")

    def deliver(self, subject):
        self.dovecot.deliver(letter("carol@example.test", "intro@intro.test", subject, "Hello"))

    def await_subjects(self, host, *wanted):
        def found():
            return [one["subject"] for one in reversed(host.ask("letters"))]
        await_that(lambda: found() == list(wanted), lambda: f"the letters are {wanted}, not {found()}", 60)
        await_that(lambda: not self.dovecot.ask("INBOX", "UNSEEN"), "all are marked")

    def fence(self):
        return int(self.database.query("SELECT fence FROM leases WHERE name LIKE 'imap %'")[0][0])

    def test_another_reads_on_when_the_reader_is_killed(self):
        self.deliver("of the first")
        self.await_subjects(self.second, "of the first")
        self.assertEqual(self.fence(), 1)
        self.first.kill()
        self.deliver("while nobody read")
        self.await_subjects(self.second, "of the first", "while nobody read")
        self.await_reader(self.second)
        self.assertEqual(self.fence(), 2)

    def test_another_reads_on_at_once_when_the_reader_ends(self):
        self.assertEqual(self.first.stop(), 0)
        self.await_reader(self.second)
        self.deliver("of the second")
        self.await_subjects(self.second, "of the second")
        self.first.start()
        self.assertEqual(self.second.stop(), 0)
        self.await_reader(self.first)
        self.deliver("of the first")
        self.await_subjects(self.first, "of the second", "of the first")

    def test_a_reader_that_stood_still_takes_nothing_twice_and_moves_nothing_back(self):
        self.deliver("before")
        self.await_subjects(self.second, "before")
        os.kill(self.first.daemon.pid, signal.SIGSTOP)
        self.deliver("meanwhile")
        self.await_subjects(self.second, "before", "meanwhile")
        place = self.database.query("SELECT validity, done FROM mailboxes")
        os.kill(self.first.daemon.pid, signal.SIGCONT)
        self.deliver("afterwards")
        self.await_subjects(self.second, "before", "meanwhile", "afterwards")
        self.await_reader(self.second)
        self.assertGreater(int(self.database.query("SELECT done FROM mailboxes")[0][0]), int(place[0][1]))
        self.assertEqual(self.first.stop(), 0)
        self.deliver("at last")
        self.await_subjects(self.second, "before", "meanwhile", "afterwards", "at last")


if __name__ == "__main__":
    if reason := dovecot_site.why_not_here():
        print("imap_hosts_test is skipped: " + reason)
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") and os.geteuid() == 0 else 77)
    main(__doc__, "binary")
