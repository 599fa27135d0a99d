"""The audit log as an operator's shell sees it: what commands leave in it, and what is done to it behind their back.

    python3 audit_test.py <the binary>
"""

import json
import sqlite3

from cli import DATA, USAGE, Cli, main


class AuditTest(Cli):
    def entries(self, *more):
        """Oldest first: "who: what subject"."""
        return [" ".join(filter(None, [f"{one['who']}:", one["what"], one["subject"]]))
                for one in reversed(self.json_of("audit", *more))]

    def head(self):
        return self.json_of("audit", "verify")["head"]

    def tamper(self, *statements):
        with sqlite3.connect(self.database) as db:
            for statement in statements:
                db.execute(statement)
        db.close()

    def verify(self, *more, expect=0):
        return self.run_tertius("audit", "verify", *more, expect=expect)

    def fill(self):
        for name in ["alice", "bob", "carol", "dora"]:
            self.run_tertius("member", "add", f"{name}@acme.example", "--name", name)

    def test_an_empty_one_is_whole(self):
        self.assertEqual(self.entries(), [])
        self.assertEqual(self.json_of("audit", "verify"), {"whole": True, "entries": 0, "head": "0" * 64, "wrong": ""})

    def test_each_command_that_reaches_far_leaves_an_entry(self):
        self.settle()
        self.request("--connector", "christine@rowan.example")
        before = self.entries()
        self.assertEqual([entry.split(" person")[0] for entry in before], ["operator: member add"] * 3)
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")
        self.assertEqual(self.entries(), before, "she is one already")
        self.run_tertius("import", self.write("list", "email,name\nx@x.example,X\ny@x.example,Y\n"), "--format", "members")
        token = self.json_of("token", "add", "--person", "alice@acme.example", "--name", "n", "--scope", "find")["id"]
        for _ in range(2):
            self.run_tertius("token", "revoke", token)
        hook = self.json_of("webhook", "add", "https://hooks.example/")["id"]
        self.run_tertius("webhook", "remove", hook)
        notice = str(self.json_of("outbox")[0]["id"])
        for change in [["--cancel", notice], ["--retry", notice], ["--stop", "for a reason"], ["--stop", "for another"],
                       ["--resume"]]:
            self.run_tertius("outbox", *change)
        self.run_tertius("key", "rotate")
        self.run_tertius("key", "forget", "1")
        self.run_tertius("export", "alice@acme.example")
        self.assertEqual(self.entries()[3:-1], [
            "operator: member add 2 of a list", f"operator: token add token {token}",
            f"operator: token revoke token {token}", f"operator: webhook add webhook {hook}",
            f"operator: webhook remove webhook {hook}", f"operator: outbox cancel notice {notice}",
            f"operator: outbox retry notice {notice}", "operator: outbox stop", "operator: outbox resume",
            "operator: key rotate key 2", "operator: key forget key 1"])
        self.assertRegex(self.entries()[-1], r"operator: export person \d+$")
        self.verify()

    def test_it_names_no_address_and_nobody_who_was_erased(self):
        self.settle()
        self.run_tertius("export", "bob@quarry.example")
        self.run_tertius("erase", "bob@quarry.example", "--yes")
        self.assertRegex(self.entries()[-1], r"^operator: erase address keyed:[0-9a-f]{64}$")
        listed = self.run_tertius("audit")[0] + self.run_tertius("audit", "--json")[0]
        for word in ["@", "bob", "quarry", "acme", "Stone"]:
            self.assertNotIn(word, listed)

    def test_a_backup_and_what_is_restored_say_so(self):
        self.fill()
        backup = str(self.folder / "today.tertius")
        self.run_tertius("backup", backup)
        self.assertEqual(self.entries()[4:], ["operator: backup today.tertius"])
        head = self.head()
        self.run_tertius("restore", backup, "--replace")
        self.assertRegex(self.entries()[4], r"^operator: restore the backup of \d{4}-")
        self.assertEqual(len(self.entries()), 5, "it was taken before it was noted")
        self.verify("--head", head, expect=DATA)

    def test_what_is_not_stored_yet_is_not_made_for_it(self):
        self.run_tertius("member", "list")
        for file in self.folder.glob("tertius.db*"):
            file.unlink()
        self.run_tertius("key", "rotate")
        self.assertFalse(self.database.exists())

    def test_an_alteration_is_told_with_its_number(self):
        self.fill()
        self.tamper("UPDATE audit SET who = 'daemon' WHERE seq = 3")
        out, error = self.verify(expect=DATA)
        self.assertIn("2 entries are as they were written", out)
        self.assertIn("entry 3 is not as it was written", error)
        found = self.json_of_failing("audit", "verify")
        self.assertEqual((found["whole"], found["entries"]), (False, 2))

    def json_of_failing(self, *arguments):
        return json.loads(self.run_tertius(*arguments, "--json", expect=DATA)[0])

    def test_entries_that_were_taken_out_or_changed_places_are_told(self):
        self.fill()
        self.tamper("DELETE FROM audit WHERE seq = 2")
        self.assertIn("entry 2 is missing", self.verify(expect=DATA)[1])
        self.tamper("UPDATE audit SET seq = 2 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 4",
                    "UPDATE audit_head SET seq = 3")
        self.assertIn("entry 2 is not as it was written", self.verify(expect=DATA)[1])

    def test_an_end_that_was_cut_off_is_told_by_a_head_that_was_noted(self):
        self.fill()
        head = self.head()
        self.run_tertius("token", "add", "--person", "alice@acme.example", "--name", "n", "--scope", "find")
        self.verify("--head", head)
        self.tamper("DELETE FROM audit WHERE seq > 3",
                    "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)")
        self.verify()
        self.assertIn("its end was cut off", self.verify("--head", head, expect=DATA)[1])

    def test_the_days_that_are_asked_for_are_shown(self):
        self.fill()
        self.assertEqual(len(self.entries("--since", "2020-01-01")), 4)
        self.assertEqual(self.entries("--since", "2999-12-31"), [])
        self.assertEqual(len(self.entries("--limit", "2")), 2)
        for wrong in [["--since", "yesterday"], ["--since", "2026-02-30"], ["--since", "2026-02-03x"], ["--limit", "0"]]:
            self.run_tertius("audit", *wrong, expect=USAGE)
        self.verify("--head", "abc", expect=USAGE)


if __name__ == "__main__":
    main()
