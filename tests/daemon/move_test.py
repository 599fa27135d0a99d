"""A community of the real program, moved to PostgreSQL and back as an operator does, killed on the way; and migrate.

    postgres.sh python3 move_test.py <the binary>
"""

import contextlib
import fcntl
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from cli import SOFTWARE, TRY_LATER, Cli, binary, main
from letters import COVER_NOTE, PITCH
from mail_sink import MailSink
from postfix_site import free_port
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nORG:{}\r\nEMAIL:{}\r\nEND:VCARD\r\n"
SERVER = os.environ.get("TERTIUS_TEST_POSTGRES", "")
ITS_OWN = ("schema_versions", "network_changes", "sending_stop")


def psql(sql):
    subprocess.run(["psql", "--quiet", "--no-psqlrc", SERVER, "--command", sql], check=True, capture_output=True)


def rows_of(file):
    """Of every table that moves."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        tables = [name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables if table not in ITS_OWN}


class MoveTest(Cli):
    """Without a server: from file to file."""

    def setUp(self):
        super().setUp()
        self.settle()
        self.request("--connector", "christine@rowan.example")
        self.here, self.there = f"sqlite:{self.database}", f"sqlite:{self.folder}/new.db"

    def move(self, *more, expect=0):
        return self.run_tertius("move-storage", self.here, self.there, *more, expect=expect)

    def use(self, file):
        self.config = self.write("tertius.toml", self.toml(file))

    def test_the_copy_is_the_same_and_it_says_what_to_do(self):
        before, listed = rows_of(self.database), self.json_of("list")
        said, progress = self.move()
        self.assertIn(f'url = "{self.there}"', said)
        self.assertIn("tertius outbox --resume", said)
        self.assertIn("comparing people is done", progress)
        self.assertIn("100 % of all", progress)
        self.assertNotIn("\r", progress)
        self.assertEqual(rows_of(self.folder / "new.db"), before)
        self.assertEqual(rows_of(self.database), before)
        self.assertIn(f"moved to {self.there}", self.run_tertius("outbox")[1])
        self.use(self.folder / "new.db")
        self.assertEqual(self.json_of("list"), listed)
        self.assertNotIn("stopped", self.run_tertius("outbox")[1])

    def test_a_report_for_scripts(self):
        report = json.loads(self.move("--json")[0])
        self.assertEqual((report["from"], report["to"], report["resumed"]), (self.here, self.there, False))
        self.assertEqual(report["tables"]["people"], 4)
        self.assertEqual(report["rows"], sum(report["tables"].values()))

    def test_what_cannot_be_moved_is_refused_with_a_sentence(self):
        self.here = f"sqlite:{self.folder}/none.db"
        self.assertIn("is not there", self.move(expect=SOFTWARE)[1])
        self.assertFalse((self.folder / "none.db").exists())
        self.here = f"sqlite:{self.database}"
        self.there = self.here
        self.assertIn("the same database", self.move(expect=SOFTWARE)[1])
        self.there = f"sqlite:{self.folder}/new.db"
        self.move()
        self.assertIn("a whole copy of it already", self.move(expect=SOFTWARE)[1])

    def test_a_database_in_use_is_refused(self):
        with open(f"{self.database}.lock", "w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertIn("in use by", self.move(expect=TRY_LATER)[1])

    def test_an_unfinished_copy_is_not_served(self):
        self.move()
        with sqlite3.connect(self.folder / "new.db") as db:
            db.execute("CREATE TABLE moving (name TEXT PRIMARY KEY, last_key TEXT NOT NULL, is_whole INTEGER NOT NULL)")
        db.close()
        self.use(self.folder / "new.db")
        for command in ["serve", "list", "migrate"]:
            self.assertIn("not whole yet", self.run_tertius(command, expect=SOFTWARE)[1])


class MigrateTest(Cli):
    def test_a_dry_run_prints_the_sql_and_makes_nothing(self):
        script, _ = self.run_tertius("migrate", "--dry-run")
        self.assertFalse(self.database.exists())
        with contextlib.closing(sqlite3.connect(self.database)) as db:
            db.executescript(script)
        self.assertIn("Nothing was missing", self.run_tertius("migrate")[0])
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")

    def test_each_file_is_told_of_as_it_is_applied(self):
        said, _ = self.run_tertius("migrate")
        self.assertIn("applied 0001_first.sql\n", said)
        self.assertIn("-- Nothing is missing.", self.run_tertius("migrate", "--dry-run")[0])

    def test_a_newer_database_is_used_where_it_works_with_this_program(self):
        self.settle()
        with contextlib.closing(sqlite3.connect(self.database)) as db, db:
            newest, = db.execute("SELECT MAX(version) FROM schema_versions").fetchone()
            db.execute("INSERT INTO schema_versions VALUES (9998, 'later', 0, ?)", [newest])
        self.json_of("member", "list")
        with contextlib.closing(sqlite3.connect(self.database)) as db, db:
            db.execute("INSERT INTO schema_versions VALUES (9999, 'latest', 0, 9998)")
        self.assertIn("run the newer program", self.run_tertius("serve", expect=SOFTWARE)[1])


@unittest.skipUnless(SERVER, "PostgreSQL: run through tests/support/postgres.sh")
class PostgresTest(unittest.TestCase):
    def setUp(self):
        Cli.setUp(self)
        self.schema = f"moved_{os.getpid()}_{random.getrandbits(40)}"
        psql(f"CREATE SCHEMA {self.schema}")
        self.addCleanup(psql, f"DROP SCHEMA {self.schema} CASCADE")
        self.relay = MailSink()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary(), self.folder, self.relay.port, free_port())
        self.addCleanup(self.site.stop)
        self.file = f"sqlite:{self.folder}/tertius.db"
        separator = "&" if "?" in SERVER else "?"
        self.server = f"{SERVER}{separator}options=-csearch_path%3D{self.schema}"
        for address, name in [(ALICE, "Alice Chen"), (CHRISTINE, "Christine Weaver")]:
            self.site.run("member add", address, "--name", name)
        self.site.run("import", self.write("cards.vcf", CARD.format("Gail Goodman", "Constant Contact", GAIL) +
                                           CARD.format("Alice Chen", "Harbour Ledger", ALICE)), "--member", CHRISTINE)
        self.site.run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
                      "--pitch", self.write("pitch", PITCH), "--cover-note", self.write("note", COVER_NOTE))

    write = Cli.write
    toml = Cli.toml

    def move(self, here, there, *more):
        return subprocess.run([binary(), "move-storage", here, there, *more], capture_output=True, timeout=120)

    def must_move(self, here, there):
        done = self.move(here, there, "--json")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return json.loads(done.stdout)

    def use(self, url):
        text = self.site.config.read_text()
        self.site.config.write_text(re.sub(r'(?m)^url = .*$', f'url = "{url}"', text, count=1))

    def link_to_forward(self):
        words = self.relay.await_mail(CHRISTINE, "/forward").get_body(("plain",)).get_content()
        return re.search(r"http://\S+/forward", words.replace("=\n", "")).group()

    def test_a_request_is_asked_in_one_engine_and_answered_in_the_other(self):
        self.site.start()
        link = self.link_to_forward()
        self.site.stop()
        self.must_move(self.file, self.server)
        self.use(self.server)
        self.site.start()
        self.assertEqual(self.site.introduction()["state"], "asked")
        self.site.press(link)
        self.site.await_state("forwarded")
        self.relay.await_mail(GAIL, "Alice")
        while_in_use = self.move(self.server, f"sqlite:{self.folder}/back.db")
        self.assertEqual(while_in_use.returncode, TRY_LATER)
        self.assertIn("in use by 1 daemon", while_in_use.stderr.decode())
        self.site.stop()
        self.must_move(self.server, f"sqlite:{self.folder}/back.db")
        self.use(f"sqlite:{self.folder}/back.db")
        self.site.start()
        self.assertEqual(self.site.introduction()["state"], "forwarded")
        self.assertEqual(len([mail for mail in self.relay.mails_to(CHRISTINE) if "/forward" in mail.as_string()]), 1)

    def test_a_daemon_on_what_was_moved_away_sends_nothing(self):
        self.must_move(self.file, self.server)
        self.site.start()
        self.site.stop()
        self.assertEqual(self.relay.mails, [])
        self.assertIn(b"moved to", self.site.run("outbox").stderr)
        self.site.run("outbox --resume")
        self.site.start()
        self.link_to_forward()

    def test_killed_again_and_again_it_goes_on(self):
        self.site.run("import", self.write("many.vcf", "".join(
            CARD.format(f"Number {n} \N{HANDSHAKE}", f"Firm {n % 97}", f"n{n}@firm.example") for n in range(4000))),
            "--member", CHRISTINE)
        before = rows_of(self.folder / "tertius.db")
        for here, there in [(self.file, self.server), (self.server, f"sqlite:{self.folder}/back.db")]:
            self.assertGreater(self.kill_while_moving(here, there), 2)
            last = self.move(here, there, "--json")
            if last.returncode != 0:  # the last kill came when all was done
                self.assertIn("a whole copy of it already", last.stderr.decode())
            else:
                self.assertTrue(json.loads(last.stdout)["resumed"])
        self.assertEqual(rows_of(self.folder / "back.db"), before)
        self.assertEqual(rows_of(self.folder / "tertius.db"), before)

    def kill_while_moving(self, here, there):
        """How often it was killed before it was done. Each time it is given a little longer."""
        for kills in range(8):
            moving = subprocess.Popen([binary(), "move-storage", here, there], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE)
            for _ in range(random.randrange(1, 8 + 6 * kills)):
                if not moving.stderr.readline():
                    break
            if moving.poll() is not None:
                return kills
            moving.kill()
            moving.wait()
            moving.stderr.close()
        return 8

    def test_the_password_is_not_shown(self):
        done = self.move("postgresql://ada:s3cret@127.0.0.1:1/none", self.file)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn("s3cret", done.stderr.decode())

    def test_postgres_is_migrated_by_its_script(self):
        self.use(self.server)
        script = self.site.run("migrate", "--dry-run").stdout.decode()
        self.assertIn("CREATE TABLE people", script)
        subprocess.run(["psql", "--quiet", "--set=ON_ERROR_STOP=1", self.server], input=script.encode(), check=True,
                       capture_output=True)
        self.assertIn(b"Nothing was missing", self.site.run("migrate").stdout)
        self.site.start()


if __name__ == "__main__":
    main()
