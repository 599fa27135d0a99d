"""Backups as an operator takes and restores them: beside a daemon that writes, damaged, newer, of another place.

    python3 backup_test.py <the binary>
"""

import fcntl
import os
import pathlib
import shutil
import sqlite3
import stat
import threading
import unittest

from cli import DATA, NO_INPUT, SOFTWARE, TRY_LATER, Cli, main


class BackupTest(Cli):
    def setUp(self):
        super().setUp()
        self.settle()
        self.backup = self.folder / "backup.tertius"
        self.key = self.folder / "link.key"

    def take(self, *more, expect=0):
        return self.run_tertius("backup", str(self.backup), *more, expect=expect)

    def restore(self, *more, expect=0):
        return self.run_tertius("restore", str(self.backup), *more, expect=expect)

    def lose_everything(self):
        for file in self.folder.glob("tertius.db*"):
            file.unlink()
        self.key.unlink()

    def members(self):
        return sorted(member["email"] for member in self.json_of("member", "list"))

    def test_what_was_lost_comes_back_with_the_keys_of_the_links(self):
        self.request("--connector", "christine@rowan.example")
        before, shown, keys = self.members(), self.json_of("list"), self.key.read_bytes()
        said, _ = self.take()
        self.assertIn("1 introductions", said)
        self.lose_everything()
        self.assertIn("Restored the backup of", self.restore()[0])
        self.assertEqual((self.members(), self.json_of("list"), self.key.read_bytes()), (before, shown, keys))

    def test_nobody_else_may_read_it_and_nothing_else_is_left(self):
        self.take()
        self.restore("--replace")
        for file in [self.backup, self.database, self.key]:
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600, file)
        left = [file.name for file in self.folder.iterdir() if "unfinished" in file.name or "restored" in file.name]
        self.assertEqual(left, [])

    def test_it_shows_one_moment_of_a_database_that_is_written_to(self):
        with sqlite3.connect(self.database) as db:
            db.execute("CREATE TABLE twins (id INTEGER PRIMARY KEY, of_what TEXT)")
        over = threading.Event()

        def write():
            db = sqlite3.connect(self.database, timeout=30)
            while not over.is_set():
                with db:
                    db.execute("INSERT INTO twins (of_what) VALUES ('one')")
                    db.execute("INSERT INTO twins (of_what) VALUES ('other')")
            db.close()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(5):
                self.backup = self.folder / f"backup{number}"
                self.take()
        finally:
            over.set()
            writer.join()
        counts = []
        for number in range(5):
            with sqlite3.connect(self.folder / f"backup{number}") as db:
                counts.append([db.execute("SELECT COUNT(*) FROM twins WHERE of_what = ?", [what]).fetchone()[0]
                               for what in ("one", "other")])
        self.assertTrue(all(one == other for one, other in counts), counts)
        self.assertGreater(counts[-1][0], counts[0][0], "nobody wrote meanwhile")

    def test_a_backup_replaces_nothing(self):
        self.backup.write_text("dear")
        self.assertIn("another name", self.take(expect=SOFTWARE)[1])
        self.assertEqual(self.backup.read_text(), "dear")

    def test_what_stands_there_is_moved_aside_and_can_be_had_again(self):
        self.take()
        self.run_tertius("member", "add", "late@rowan.example", "--name", "Late Comer")
        self.assertIn("--replace", self.restore(expect=DATA)[1])
        self.assertIn("late@rowan.example", self.members())
        aside = self.json_of("restore", str(self.backup), "--replace")["aside"]
        self.assertNotIn("late@rowan.example", self.members())
        for file in self.folder.glob("tertius.db*"):
            if ".before-" not in file.name:
                file.unlink()
        shutil.move(aside, self.database)
        self.assertIn("late@rowan.example", self.members())

    def test_a_dry_run_says_what_it_holds_and_does_nothing(self):
        self.take()
        self.lose_everything()
        self.assertIn("4 people", self.restore("--dry-run")[0])
        self.assertFalse(self.database.exists())

    def test_a_damaged_one_is_refused_and_nothing_is_changed(self):
        self.run_tertius("import", self.write("many.vcf", "".join(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Number {n}\r\nEMAIL:n{n}@x.example\r\nEND:VCARD\r\n" for n in range(2000))),
                         "--member", "alice@acme.example")
        self.take()
        whole, before = self.backup.read_bytes(), self.members()
        for damage in [whole[:len(whole) // 2], whole[:40_960] + os.urandom(20_480) + whole[61_440:], b"no database", b""]:
            with self.subTest(length=len(damage)):
                self.backup.write_bytes(damage)
                self.restore("--replace", expect=SOFTWARE)
                self.assertEqual(self.members(), before)
        self.assertEqual(list(self.folder.glob("*.before-*")), [])

    def test_no_backup_and_a_newer_one_are_refused_with_a_sentence(self):
        shutil.copy(self.database, self.backup)
        self.assertIn("no backup of ours", self.restore("--replace", expect=SOFTWARE)[1])
        self.backup.unlink()
        self.take()
        with sqlite3.connect(self.backup) as db:
            db.execute("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'later', 0)")
        db.close()
        self.assertIn("run the newer program", self.restore("--replace", expect=SOFTWARE)[1])
        self.assertEqual(list(self.folder.glob("*.before-*")), [])

    def test_a_running_daemon_is_not_pulled_from_under(self):
        self.take()
        with open(str(self.database) + ".lock", "w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertIn("stop the other daemon", self.restore("--replace", expect=TRY_LATER)[1])

    def test_other_keys_and_other_domains_are_not_overwritten_unasked(self):
        self.take()
        self.database.unlink()
        self.key.write_text("7 " + "ab" * 32 + "\n")
        self.assertIn("other link keys", self.restore(expect=DATA)[1])
        config = pathlib.Path(self.config).read_text()
        self.write("tertius.toml", config.replace('domain = "intro.', 'domain = "other.'))
        self.assertIn("other.example.org", self.restore(expect=DATA)[1])
        self.restore("--replace")
        self.assertEqual(len(list(self.folder.glob("link.key.before-*"))), 1)
        self.assertNotIn("abab", self.key.read_text())

    def test_what_waited_when_it_was_taken_does_not_go_out_by_itself(self):
        self.request("--connector", "christine@rowan.example")
        self.take()
        self.assertIn("sending is stopped", self.restore("--replace")[0])
        self.assertIn("Sending is stopped", self.run_tertius("outbox")[1])
        self.assertIn("goes out again", self.run_tertius("outbox", "--resume")[0])
        self.assertNotIn("stopped", self.run_tertius("outbox")[1])
        self.assertIn("had not been stopped", self.run_tertius("outbox", "--resume")[0])
        self.run_tertius("outbox", "--stop", "moving house")
        self.assertIn("moving house", self.run_tertius("outbox")[1])

    def test_a_log_that_was_left_behind_is_not_taken_for_the_restored_ones(self):
        self.take()
        before = self.members()
        with sqlite3.connect(self.database, isolation_level=None) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("DELETE FROM people")
            shutil.copy(str(self.database) + "-wal", self.folder / "log")
        db.close()
        self.database.unlink()
        shutil.copy(self.folder / "log", str(self.database) + "-wal")
        self.assertIn("kept", self.restore()[0])
        self.assertEqual(self.members(), before)

    def test_anothers_draft_is_left_alone(self):
        draft = self.folder / "backup.tertius.unfinished"
        draft.write_text("somebody is at it")
        self.assertIn("somebody else is at it", self.take(expect=TRY_LATER)[1])
        self.assertEqual(draft.read_text(), "somebody is at it")

    @unittest.skipUnless(os.geteuid() == 0, "only root makes files for others")
    def test_what_root_restores_is_the_daemons(self):
        self.take()
        self.lose_everything()
        data = self.folder / "data"
        data.mkdir()
        os.chown(data, 4321, 4321)
        text = self.toml(data / "tertius.db").replace(f"{self.folder}/link.key", f"{data}/link.key")
        self.write("tertius.toml", text)
        self.restore()
        self.members()
        files = {file.name: file.stat().st_uid for file in data.iterdir()}
        self.assertTrue({"tertius.db", "tertius.db.lock", "link.key"} <= set(files), files)
        self.assertEqual(set(files.values()), {4321}, files)

    def test_keys_can_be_left_out(self):
        self.assertIn("keep", self.take("--without-keys")[0])
        kept = self.key.read_text()
        self.assertNotIn(kept.split()[1].encode(), self.backup.read_bytes())
        self.restore("--replace")
        self.assertEqual(self.key.read_text(), kept)

    def test_where_there_is_nothing_or_another_engine_it_says_what_to_do(self):
        self.assertIn("nothing was ever stored", self.run_elsewhere(f"sqlite:{self.folder}/none.db", NO_INPUT))
        self.assertIn("pg_dump", self.run_elsewhere("postgresql://host/name", SOFTWARE))

    def run_elsewhere(self, url, expect):
        self.write("tertius.toml", self.toml(self.database).replace(f"sqlite:{self.database}", url))
        return self.take(expect=expect)[1]


if __name__ == "__main__":
    main()
