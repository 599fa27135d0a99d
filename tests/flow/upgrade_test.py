"""A rolling upgrade: daemons of today's program, of the next version and of the one after it, on one PostgreSQL.

postgres.sh python3 upgrade_test.py TERTIUS NEXT AFTER_NEXT [unittest's arguments]

NEXT and AFTER_NEXT are today's program with a schema file more each: one that adds, one that takes away (tests/data/upgrade).
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from hosts_case import CHRISTINE, GAIL, HostsCase, main
from letters import link_in

SOFTWARE, TRY_LATER = 70, 75


class UpgradeTest(HostsCase):
    def schema(self):
        return int(self.database.query("SELECT MAX(version) FROM schema_versions")[0][0])

    def replace(self, host, binary):
        """What an upgrade of its package does."""
        self.assertEqual(host.stop(), 0)
        host.binary = binary
        host.start()

    def test_an_introduction_goes_its_way_while_daemon_after_daemon_is_upgraded(self):
        first, second = self.host("first"), self.host("second")
        self.one_address()
        self.settle(first)
        first.start(), second.start()
        self.ask(first)
        request = self.relay.await_mail(CHRISTINE, "/forward")

        self.replace(first, self.next)
        self.assertEqual(self.schema(), 9001)
        self.press_between(link_in(request, "/forward"), shown_by=second, taken_by=first)
        offer = self.relay.await_mail(GAIL, "/accept")
        second.run("member list")

        self.replace(second, self.next)
        self.replace(first, self.after_next)
        self.assertEqual(self.schema(), 9002)
        self.press_between(link_in(offer, "/accept"), shown_by=first, taken_by=second)
        second.await_state("introduced")
        self.replace(second, self.after_next)
        for recipient in (CHRISTINE, GAIL):
            ids = [mail["Message-ID"] for mail in self.relay.mails_to(recipient)]
            self.assertEqual(len(ids), len(set(ids)), "nothing went out twice")

    def test_nothing_is_taken_away_from_a_daemon_at_work(self):
        first, second = self.host("first"), self.host("second", binary=self.after_next)
        first.start()
        said = second.run("migrate", exit_code=TRY_LATER).stderr.decode()
        self.assertIn("9002_narrower.sql does not go together with a daemon at work", said)
        self.assertEqual(self.schema(), 9001, "what adds has been added")
        self.assertIsNone(first.daemon.poll(), "and today's program works with it")
        first.run("member add", GAIL, "--name", "Gail Goodman")
        self.assertEqual(first.stop(), 0)
        second.start()
        self.assertEqual(self.schema(), 9002)

    def test_a_program_that_is_too_old_is_refused_with_a_sentence(self):
        old, new = self.host("old"), self.host("new", binary=self.after_next)
        new.run("migrate")
        said = old.run("member list", exit_code=SOFTWARE).stderr.decode()
        self.assertIn("the database has schema 9002, which works with programs from schema 9001 on", said)

    def test_the_next_version_says_beforehand_what_it_would_do(self):
        today, following = self.host("today"), self.host("following", binary=self.next)
        today.run("migrate")
        before = self.schema()
        script = following.run("migrate", "--dry-run").stdout.decode()
        self.assertIn("ALTER TABLE people ADD COLUMN pronouns", script)
        self.assertEqual(self.schema(), before)
        self.database.query(script)
        self.assertEqual(self.schema(), 9001)
        self.assertIn("Nothing is missing", following.run("migrate", "--dry-run").stdout.decode())


if __name__ == "__main__":
    main(__doc__, "binary", "next", "after_next")
