"""Drives the real binary as an operator and a mail server do: exit codes of sysexits.h, JSON, sentences.

    python3 cli_test.py <the binary>
"""

import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import unittest
import zipfile

from cli import CONFIG, COVER_NOTE, DATA, LETTER, NO_INPUT, NO_USER, PITCH, SOFTWARE, TRY_LATER, USAGE, VCARD, Cli, binary, main

COMMANDS = ["try", "serve", "check", "config-reference", "member", "member add", "member list", "import", "find",
            "request", "show", "list", "inject", "outbox", "letters", "explain", "preview", "token",
            "token add", "token list", "token revoke", "webhook", "webhook add", "webhook list", "webhook remove",
            "export", "erase", "setup", "doctor", "backup", "restore", "mine-mail", "coach", "manual", "completion",
            "carddav", "carddav add", "carddav list", "carddav sync", "carddav remove", "key", "key list",
            "key rotate", "key forget", "audit", "audit verify", "migrate", "move-storage", "status"]


class UsageTest(Cli):
    def test_every_command_explains_itself(self):
        for command in ["", *COMMANDS]:
            out, _ = self.run_tertius(*command.split(), "--help")
            self.assertIn("Usage" if "Usage" in out else "--help", out)
            self.assertGreater(len(out.splitlines()), 3, command)

    def test_the_list_of_commands_is_whole(self):
        out, _ = self.run_tertius("--help")
        listed = out.split("ubcommands", 1)[1].lower() if "ubcommands" in out else out.split("SUBCOMMANDS", 1)[1].lower()
        for command in COMMANDS:
            self.assertIn(command.split()[0], listed)

    def test_the_version(self):
        self.assertRegex(self.run_tertius("--version")[0], r"^\d+\.\d+\.\d+\n$")

    def test_a_check_of_the_file_alone_asks_for_no_secret(self):
        toml = self.toml(self.database) + '[smtp]\nuser = "u"\npassword_file = "/nowhere/secret"\n'
        config = self.write("secret.toml", toml)
        self.assertIn("/nowhere/secret", self.run_tertius("check", "-c", config, expect=NO_INPUT)[1])
        self.assertIn("is good", self.run_tertius("check", "--file-only", "-c", config)[0])
        wrong = self.write("wrong.toml", toml + "port = 0\n")
        self.assertIn("smtp.port", self.run_tertius("check", "--file-only", "-c", wrong, expect=CONFIG)[1])

    def test_the_manual_names_every_command_and_option(self):
        page = self.run_tertius("manual")[0].replace("\\-", "-")
        for command in COMMANDS:
            self.assertIn(f'.SS "tertius {command}"', page)
            for option in re.findall(r"(?<!\S)(?:-\w,)?(--[a-z-]+)", self.run_tertius(*command.split(), "--help")[0]):
                self.assertTrue(option == "--help" or f"\\fB{option}\\fR" in page, f"{command} {option}")
        for key in ("click_policy", "refresh_token_file"):
            self.assertIn(key, self.run_tertius("manual", "--config")[0])

    def test_man_has_nothing_to_complain_of(self):
        if not shutil.which("man"):
            self.skipTest("there is no man")
        for arguments in [["manual"], ["manual", "--config"]]:
            page = self.write("page", self.run_tertius(*arguments)[0])
            done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, env={**os.environ, "MANWIDTH": "100"})
            self.assertEqual((0, b""), (done.returncode, done.stderr))

    def test_shells_complete_commands_options_and_values(self):
        tried = [("tertius mem", "member"), ("tertius member ", "add"), ("tertius member add --n", "--name"),
                 ("tertius completion z", "zsh"), ("tertius import --format members --und", "--undo")]
        asks = {
            "bash": '. "$1"; COMP_WORDS=($2); [[ $2 == *" " ]] && COMP_WORDS+=(""); '
                    'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tertius; printf "%s\\n" "${COMPREPLY[@]}"',
            "fish": 'source $argv[1]; complete -C $argv[2]',
            # The file is a function's body, and compadd what it offers the rest to.
            "zsh": 'offer() { print -l -- ${@:#--} }; compadd() { offer "$@" }; _files() { :; }; '
                   'words=(${(s: :)2}); [[ $2 == *" " ]] && words+=(""); CURRENT=${#words}; PREFIX=${words[-1]}; '
                   'eval "body() { $(<$1) }"; body | grep "^$PREFIX"',
        }
        for shell, ask in asks.items():
            if not shutil.which(shell):
                continue
            file = self.write("completion", self.run_tertius("completion", shell)[0])
            for line, word in tried:
                given = [shell, "-c", ask, *([] if shell == "fish" else ["-"]), file, line]
                done = subprocess.run(given, capture_output=True, text=True)
                offered = [each.split("\t")[0] for each in done.stdout.split("\n") if each]
                self.assertIn(word, offered, f"{shell}: {line}: {done}")
                self.assertNotIn("webhook", offered)

    def test_what_does_not_exist_is_a_usage_error(self):
        for arguments in [[], ["frobnicate"], ["serve", "--frobnicate"], ["member"], ["member", "frobnicate"],
                          ["find"], ["show"], ["import"], ["request", "--member", "a@b.example"],
                          ["list", "--limit", "0"], ["list", "--limit", "x"], ["try", "--port", "99999"],
                          ["explain", "--role", "king", "/dev/null"]]:
            _, error = self.run_tertius(*arguments, expect=USAGE)
            self.assertTrue(error.strip(), arguments)


class ConfigTest(Cli):
    def test_a_good_one(self):
        out, _ = self.run_tertius("check")
        self.assertIn("is good", out)
        self.assertFalse(self.database.exists(), "a check makes no database")

    def test_each_mistake_has_line_reason_and_hint(self):
        bad = self.write("bad.toml", "[broker]\ndomain = \"a.example\"\n[smtp]\nprot = 25\nport = \"x\"\n")
        _, error = self.run_tertius("check", "-c", bad, expect=CONFIG)
        self.assertIn(f"{bad}:4: smtp.prot is not a key of this program (the keys of [smtp] are: host, port", error)
        self.assertIn(f"{bad}:5: smtp.port wants a whole number (standard: 25)", error)

    def test_broken_toml_and_no_file(self):
        bad = self.write("bad.toml", "[broker]\ndomain = intro\n")
        _, error = self.run_tertius("check", "-c", bad, expect=CONFIG)
        self.assertIn(f"{bad}:2: ", error)
        _, error = self.run_tertius("check", "-c", "/nowhere.toml", expect=CONFIG)
        self.assertIn("/nowhere.toml: cannot be read", error)
        self.assertIn("config-reference", error)

    def test_a_wrong_listen_address_or_password_file(self):
        for section, exit_code in [("[lmtp]\nlisten = \"mx:24\"\n", CONFIG),
                                   ("[smtp]\nuser = \"u\"\npassword_file = \"/nowhere\"\n", NO_INPUT)]:
            bad = self.write("bad.toml", self.toml(self.database) + section)
            _, error = self.run_tertius("check", "-c", bad, expect=exit_code)
            self.assertIn("hint", error)

    def test_every_command_refuses_a_bad_one(self):
        bad = self.write("bad.toml", "[nonsense]\n")
        letter = self.write("letter.eml", LETTER)
        for arguments in [["serve"], ["member", "list"], ["member", "add", "a@b.example", "--name", "A"],
                          ["find", "x", "--for", "a@b.example"], ["list"], ["show", "1"], ["outbox"], ["letters"]]:
            _, error = self.run_tertius(*arguments, "-c", bad, expect=CONFIG)
            self.assertIn(f"{bad}:1: nonsense is not a section", error)
        # A mail server would send the letter back at 78.
        _, error = self.run_tertius("inject", letter, "-c", bad, expect=TRY_LATER)
        self.assertIn(f"{bad}:1: nonsense is not a section", error)

    def test_the_reference(self):
        out, _ = self.run_tertius("config-reference")
        for word in ["[broker]", "[smtp]", "public_url", "quiet_weekends = true"]:
            self.assertIn(word, out)
        filled = out.replace("# domain = ... must be given", 'domain = "i.example"').replace(
            "# public_url = ... must be given", 'public_url = "https://i.example"').replace(
            "/var/lib/tertius/link.key", f"{self.folder}/link.key")
        self.run_tertius("check", "-c", self.write("reference.toml", filled))


class PeopleTest(Cli):
    def test_members(self):
        added = self.json_of("member", "add", "Alice@Acme.Example", "--name", "Alice Chen", "--organisation", "Acme")
        self.assertEqual((added["name"], added["email"], added["member"]), ("Alice Chen", "Alice@acme.example", True))
        self.json_of("member", "add", "alice@acme.example", "--title", "Founder")
        members = self.json_of("member", "list")
        self.assertEqual([(m["name"], m["organisation"], m["title"]) for m in members],
                         [("Alice Chen", "Acme", "Founder")])
        self.assertIn("Alice Chen", self.run_tertius("member", "list")[0])

    def test_a_member_has_the_address_that_was_typed_whatever_others_imported(self):
        self.run_tertius("member", "add", "mallory@evil.example", "--name", "Mallory")
        card = VCARD.format(name="New Hire", organisation="Corp", email="second@evil.example\r\nEMAIL:new@corp.example")
        self.run_tertius("import", self.write("x.vcf", card), "--member", "mallory@evil.example")
        added = self.json_of("member", "add", "new@corp.example", "--name", "New Hire")
        self.assertEqual(added["email"], "new@corp.example")
        self.run_tertius("member", "add", "second@evil.example", "--name", "Second")
        self.assertEqual(len(self.json_of("member", "list")), 3)

    def test_members_have_a_language_that_there_are_mails_in(self):
        added = self.json_of("member", "add", "alice@acme.example", "--name", "Alice Chen", "--language", "de")
        self.assertEqual(added["language"], "de")
        kept = self.json_of("member", "add", "alice@acme.example", "--title", "Founder")
        self.assertEqual(kept["language"], "de")
        err = self.run_tertius("member", "add", "bob@acme.example", "--name", "Bob", "--language", "xx", expect=USAGE)[1]
        self.assertIn("de, en, es, fr, pt", err)
        self.assertEqual(len(self.json_of("member", "list")), 1)

    def test_members_need_an_address_and_a_name(self):
        self.run_tertius("member", "add", "alice", "--name", "A", expect=DATA)
        self.run_tertius("member", "add", "a\n@b.example", "--name", "A", expect=DATA)
        self.run_tertius("member", "add", "alice@acme.example", expect=USAGE)
        self.assertEqual(self.json_of("member", "list"), [])

    def test_names_do_not_speak_to_the_terminal(self):
        self.run_tertius("member", "add", "alice@acme.example", "--name", "A\x1b[31mlice\x9b")
        self.assertNotIn("\x1b", self.run_tertius("member", "list")[0])

    def test_import_says_what_it_read(self):
        self.settle()
        path = self.write("more.vcf", VCARD.format(name="New One", organisation="X", email="new@x.example"))
        first = self.json_of("import", path, "--member", "bob@quarry.example")
        self.assertEqual((first["format"], first["read"], first["added"]), ("vCard", 1, 1))
        again = self.json_of("import", path, "--member", "bob@quarry.example")
        self.assertEqual((again["added"], again["unchanged"]), (0, 1))

    def test_linkedins_archive_is_taken_whole(self):
        self.settle()
        path = str(self.folder / "Complete_LinkedInDataExport.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Profile.csv", "First Name\nBob\n")
            archive.writestr("Basic/Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
                             "Jo,Smith,https://www.linkedin.com/in/jo,,Acme,CEO,09 Mar 2019\n")
        read = self.json_of("import", path, "--member", "bob@quarry.example")
        self.assertEqual((read["format"], read["added"]), ("LinkedIn Connections.csv", 1))
        _, error = self.run_tertius("import", self.write("x.zip", b"PK\x03\x04rest"), "--member", "bob@quarry.example",
                                    expect=DATA)
        self.assertIn("hint", error)

    def test_the_last_import_can_be_taken_back_and_no_other(self):
        self.settle()
        self.run_tertius("import", "--undo", "--member", "alice@acme.example", expect=DATA)
        path = self.write("more.vcf", VCARD.format(name="New One", organisation="X", email="new@x.example"))
        self.run_tertius("import", path, "--member", "bob@quarry.example")
        self.assertEqual(self.json_of("import", "--undo", "--member", "bob@quarry.example"),
                         {"file_name": "more.vcf", "undone_now": True})
        out, _ = self.run_tertius("import", "--undo", "--member", "bob@quarry.example")
        self.assertIn("had been taken back before", out)
        self.assertEqual(len(self.json_of("find", "Gail Goodman", "--for", "alice@acme.example")["connectors"]), 2)
        self.assertEqual(self.json_of("import", path, "--member", "bob@quarry.example")["merged"], 1)
        for wrong in [[path, "--undo"], []]:
            self.run_tertius("import", *wrong, "--member", "bob@quarry.example", expect=USAGE)

    def test_import_refuses_what_it_cannot_read(self):
        self.settle()
        for name, text in [("a.csv", "colour,size\nred,3\n"), ("b.csv", ""), ("c.bin", b"\x00\x01\xff" * 100),
                           ("d.csv", "just words\n")]:
            out, error = self.run_tertius("import", self.write(name, text), "--member", "bob@quarry.example",
                                          expect=DATA)
            self.assertEqual(out, "")
            self.assertIn("hint", error)

    def test_tokens_are_shown_once_listed_and_revoked(self):
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")
        add = ["token", "add", "--person", "alice@acme.example", "--name", "script", "--scope"]
        made = self.json_of(*add, "find,people:read")
        self.assertTrue(made["secret"].startswith("tertius_"))
        self.assertNotIn(made["secret"], self.run_tertius("token", "list", "--json")[0])
        self.assertEqual(self.json_of("token", "list")[0]["scopes"], "people:read find")
        self.run_tertius("token", "revoke", made["id"])
        self.assertIsNotNone(self.json_of("token", "list")[0]["revoked_at"])
        self.run_tertius(*add, "everything", expect=USAGE)
        self.run_tertius("token", "revoke", "1", expect=DATA)

    def test_webhooks_are_made_listed_and_removed(self):
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")
        made = self.json_of("webhook", "add", "https://hooks.example/a", "--person", "alice@acme.example")
        self.assertTrue(made["secret"].startswith("whsec_"))
        secret, _ = self.run_tertius("webhook", "add", "https://hooks.example/b")
        self.assertRegex(secret, r"^whsec_[A-Za-z0-9+/]{43}=\n$")
        listed, _ = self.run_tertius("webhook", "list")
        self.assertIn("hooks.example/a", listed)
        self.assertNotIn("whsec_", listed)
        self.assertEqual([hook["told_of"] for hook in self.json_of("webhook", "list")],
                         ["everybody", "alice@acme.example"])
        self.run_tertius("webhook", "remove", made["id"])
        self.run_tertius("webhook", "remove", made["id"], expect=DATA)
        self.assertEqual(len(self.json_of("webhook", "list")), 1)
        for url in ["https://127.0.0.1/", "http://hooks.example/", "file:///etc/passwd"]:
            self.run_tertius("webhook", "add", url, expect=DATA)
        self.run_tertius("webhook", "add", "https://hooks.example/", "--person", "nobody@x.example", expect=NO_USER)

    def test_import_wants_a_member_and_a_file(self):
        path = self.write("x.vcf", VCARD.format(name="New One", organisation="X", email="new@x.example"))
        _, error = self.run_tertius("import", path, "--member", "nobody@x.example", expect=NO_USER)
        self.assertIn("tertius member add nobody@x.example", error)
        self.run_tertius("import", "/nowhere.csv", "--member", "nobody@x.example", expect=NO_INPUT)

    def test_find_names_the_connectors(self):
        self.settle()
        found = self.json_of("find", "Gail Goodman", "--for", "alice@acme.example")
        self.assertEqual(set(found), {"target", "degree", "connectors", "unnamed"})
        self.assertEqual((found["target"]["name"], found["degree"], found["unnamed"]), ("Gail Goodman", 2, 0))
        self.assertEqual({c["email"] for c in found["connectors"]}, {"christine@rowan.example", "bob@quarry.example"})
        for connector in found["connectors"]:
            self.assertEqual(set(connector), {"email", "name", "tier", "reasons"})
            self.assertIn(connector["tier"], ["strong", "good", "weak"])
            self.assertTrue(connector["reasons"])
        out, _ = self.run_tertius("find", "Gail Goodman", "--for", "alice@acme.example", "--why")
        self.assertIn("Christine Weaver", out)

    def test_find_shows_the_whole_calculation(self):
        self.settle()
        for connector in self.json_of("find", "Gail Goodman", "--for", "alice@acme.example", "--why")["connectors"]:
            product = 1
            for part in connector["why"]["parts"]:
                product *= part["value"]
            self.assertAlmostEqual(connector["why"]["score"], min(product, 1))
        out, _ = self.run_tertius("find", "Gail Goodman", "--for", "alice@acme.example", "--why")
        for word in ["requester_tie =", "target_tie =", "acceptance =", "score =", " from 0."]:
            self.assertIn(word, out)

    def test_find_shows_the_best_ten_or_all(self):
        self.settle()
        for i in range(12):
            member = f"m{i}@acme.example"
            self.run_tertius("member", "add", member, "--name", f"Member {i}")
            cards = "".join(VCARD.format(name=name, organisation="", email=email) for name, email in
                            [("Alice Chen", "alice@acme.example"), ("Gail Goodman", "gail@cc.example")])
            self.run_tertius("import", self.write("cards.vcf", cards), "--member", member)
        find = ["find", "gail@cc.example", "--for", "alice@acme.example"]
        self.assertEqual(len(self.json_of(*find)["connectors"]), 10)
        everybody = self.json_of(*find, "--all")["connectors"]
        self.assertGreaterEqual(len(everybody), 12)
        self.assertEqual(self.json_of(*find)["connectors"], everybody[:10])

    def test_find_and_request_over_two_people_say_that_two_have_to_agree(self):
        for name in ["Alice Chen", "Christine Weaver", "Dora Far", "Ed Stone"]:
            self.run_tertius("member", "add", name.split()[0].lower() + "@x.example", "--name", name)

        def knows(owner, contact):
            card = VCARD.format(name=contact.title(), organisation="", email=f"{contact}@x.example")
            self.run_tertius("import", self.write("card.vcf", card), "--member", f"{owner}@x.example")
        knows("christine", "alice")
        knows("christine", "dora")
        find = ["find", "Ed Stone", "--for", "alice@x.example"]
        self.assertEqual(self.json_of(*find)["degree"], None)
        knows("dora", "ed")
        found = self.json_of(*find)
        self.assertEqual((found["degree"], [c["name"] for c in found["connectors"]]), (3, ["Christine Weaver"]))
        self.assertNotIn("Dora", str(found["connectors"]))
        out, _ = self.run_tertius(*find, "--why")
        self.assertIn("two people have to agree", out)
        self.assertIn("Christine knows somebody who knows Ed", out)
        self.assertNotIn("Dora", out)
        pitch = self.write("pitch.txt", PITCH.replace("Gail", "Ed"))
        self.run_tertius("request", "--member", "alice@x.example", "--target", "Ed Stone", "--pitch", pitch,
                         "--send-anyway")
        self.assertEqual([(n["kind"], n["recipient"]) for n in self.json_of("outbox")],
                         [("connector_choices", "alice@x.example")])

    def test_find_without_a_way_there(self):
        self.settle()
        self.run_tertius("member", "add", "dora@far.example", "--name", "Dora Far")
        found = self.json_of("find", "Dora Far", "--for", "alice@acme.example")
        self.assertEqual((found["degree"], found["connectors"]), (None, []))

    def test_find_an_ambiguous_name_lists_whom_it_could_mean(self):
        self.settle()
        path = self.write("more.vcf", VCARD.format(name="Gail Goodman", organisation="Other", email="g2@o.example"))
        self.run_tertius("import", path, "--member", "bob@quarry.example")
        _, error = self.run_tertius("find", "Gail Goodman", "--for", "alice@acme.example", expect=DATA)
        self.assertIn("Gail Goodman (Constant Contact)", error)
        self.assertIn("Gail Goodman (Other)", error)
        _, error = self.run_tertius("find", "Nobody Known", "--for", "alice@acme.example", expect=DATA)
        self.assertIn("Nobody Known", error)
        self.run_tertius("find", "Gail Goodman", "--for", "x@nobody.example", expect=NO_USER)


class IntroductionTest(Cli):
    def test_a_request_that_has_to_be_mended(self):
        self.settle()
        _, error = self.request(pitch="Hi\n", expect=DATA)
        self.assertRegex(error, r"\n  Q\d+ ")
        self.assertEqual(self.json_of("list"), [])
        self.assertEqual(self.json_of("outbox"), [])
        _, error = self.request("--send-anyway", pitch="Hi\n", expect=DATA)
        self.assertRegex(error, r"\n  Q\d+ ")

    def test_a_good_request_is_with_its_connector(self):
        self.settle()
        made = json.loads(self.request("--connector", "christine@rowan.example", "--json")[0])
        self.assertEqual(made["state"], "asked")
        shown = self.json_of("show", str(made["id"]))
        self.assertEqual((shown["id"], shown["state"]), (made["id"], "asked"))
        self.assertTrue(shown["history"])
        self.assertEqual(set(shown["history"][0]), {"at", "trigger", "from", "to", "remark"})
        self.assertEqual([i["id"] for i in self.json_of("list")], [made["id"]])
        self.assertEqual(len(self.json_of("list", "--member", "christine@rowan.example")), 1)
        self.assertEqual(self.json_of("list", "--member", "bob@quarry.example"), [])
        outbox = self.json_of("outbox")
        self.assertEqual({(n["kind"], n["recipient"], n["state"]) for n in outbox},
                         {("request", "christine@rowan.example", "due"), ("status_asked", "alice@acme.example", "due")})
        for command in [["show", str(made["id"])], ["list"], ["outbox"]]:
            self.assertTrue(self.run_tertius(*command)[0].strip())

    def test_without_a_connector_the_choices_are_mailed(self):
        self.settle()
        self.assertEqual(json.loads(self.request("--json")[0])["state"], "drafted")
        self.assertEqual([n["kind"] for n in self.json_of("outbox")], ["connector_choices"])

    def test_the_same_request_twice_is_one(self):
        self.settle()
        self.request("--connector", "christine@rowan.example")
        self.request("--connector", "bob@quarry.example", expect=DATA)
        self.assertEqual(len(self.json_of("list")), 1)

    def test_what_is_not_there(self):
        self.settle()
        for arguments in [["show", "1"], ["show", "x"], ["show", "1x"], ["show", "99999999999999999999"],
                          ["letters", "1"]]:
            _, error = self.run_tertius(*arguments, expect=DATA)
            self.assertIn("hint", error)
        self.request("--connector", "nobody@x.example", expect=DATA)
        self.request(target="Nobody Known", expect=DATA)
        self.run_tertius("request", "--member", "alice@acme.example", "--target", "Gail Goodman", "--pitch",
                         "/nowhere", expect=NO_INPUT)


class InjectTest(Cli):
    def inject(self, expect, *arguments, given=LETTER):
        return self.run_tertius("inject", *arguments, given=given, expect=expect)

    def test_a_letter_is_kept_with_what_became_of_it(self):
        self.settle()
        out, _ = self.inject(0, "--sender", "alice@acme.example")
        self.assertTrue(out.strip())
        letters = self.json_of("letters")
        self.assertEqual(len(letters), 1)
        self.assertEqual((letters[0]["sender"], letters[0]["subject"]), ("alice@acme.example", "Gail Goodman"))
        self.assertEqual(letters[0]["outcome"], out.strip())
        raw, _ = self.run_tertius("letters", str(letters[0]["id"]))
        self.assertIn("Please introduce me.", raw)
        self.assertIn("Gail Goodman", self.run_tertius("letters")[0])

    def test_the_same_letter_twice_is_one(self):
        self.settle()
        for _ in range(2):
            self.inject(0, "--sender", "alice@acme.example")
        self.assertEqual(len(self.json_of("letters")), 1)

    def test_any_bytes_are_taken(self):
        for given in [b"", b"\x00\xff" * 1000, b"\r\n\r\n", b"Subject: " + b"x" * 200_000]:
            self.inject(0, given=given)

    def test_a_foreign_recipient_is_refused(self):
        for recipient in ["bob@elsewhere.example", "intro@elsewhere.example", "intro+x@intro.example.org",
                          "other@intro.example.org", "x", "@"]:
            self.inject(NO_USER, "--recipient", recipient)
        self.assertEqual(self.json_of("letters"), [])

    def test_a_locked_database_means_later(self):
        self.settle()
        holder = sqlite3.connect(self.database, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN IMMEDIATE")
        _, error = self.inject(TRY_LATER)
        self.assertTrue(error.strip())
        holder.execute("ROLLBACK")
        self.inject(0)

    def test_a_full_disk_means_later_and_loses_nothing(self):
        if os.geteuid() != 0:
            self.skipTest("a small disk can be mounted by root alone")
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("no disk can be mounted here: " + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        self.config = self.write("small.toml", self.toml(disk / "tertius.db"))
        self.inject(0)
        (disk / "filler").write_bytes(b"")
        with open(disk / "filler", "ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass
        big = LETTER.replace(b"<1@", b"<2@") + b"x" * 70 + b"\r\n" * 100_000
        _, error = self.inject(TRY_LATER, given=big)
        self.assertIn("free some space", error)
        (disk / "filler").unlink()
        self.inject(0, given=big)
        self.assertEqual(len(self.json_of("letters")), 2)

    def test_a_folder_that_is_not_there_is_told(self):
        self.config = self.write("lost.toml", self.toml(self.folder / "nowhere" / "tertius.db"))
        out, error = self.run_tertius("list", expect=SOFTWARE)
        self.assertIn("nowhere", error)

    def test_a_newer_schema_is_refused_with_a_sentence(self):
        self.settle()
        with sqlite3.connect(self.database) as database:
            database.execute("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'later', 0)")
        database.close()
        _, error = self.run_tertius("list", expect=SOFTWARE)
        self.assertIn("newer", error)
        self.inject(TRY_LATER)


class ExplainTest(Cli):
    FIELDS = {"kind", "meaning", "note", "visible_text", "until", "redirect_to", "failed_recipients", "permanence",
              "status", "subject", "from", "to", "attachments", "parts", "why"}

    def explained(self, name, text, *more):
        return self.json_of("explain", self.write(name, text), *more)

    def test_a_reply(self):
        out = self.explained("reply.txt", "Forward. She is great.\n")
        self.assertEqual(set(out), self.FIELDS)
        self.assertEqual((out["kind"], out["meaning"]), ("human", "forward"))
        self.assertIn("She is great.", out["note"])
        self.assertIsNone(out["until"])

    def test_a_letter(self):
        out = self.explained("letter.eml", LETTER)
        self.assertEqual(set(out), self.FIELDS)
        self.assertEqual((out["subject"], out["from"]), ("Gail Goodman", ["alice@acme.example"]))
        self.assertEqual(out["to"], ["intro@intro.example.org"])

    def test_an_absence(self):
        letter = LETTER.replace(b"Subject: Gail Goodman", b"Subject: Out of office\r\nAuto-Submitted: auto-replied")
        self.assertEqual(self.explained("away.eml", letter)["kind"], "auto")

    def test_a_bounce(self):
        report = (b"From: MAILER-DAEMON@mx.example\r\nTo: intro@intro.example.org\r\nSubject: Undelivered\r\n"
                  b"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
                  b"--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
                  b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
                  b"Final-Recipient: rfc822; gail@cc.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n")
        out = self.explained("bounce.eml", report)
        self.assertEqual((out["kind"], out["permanence"], out["status"]), ("bounce", "permanent", "5.1.1"))
        self.assertEqual(out["failed_recipients"], ["gail@cc.example"])

    def test_a_folder_gives_a_line_for_each_file_in_order(self):
        (self.folder / "box").mkdir()
        self.write("box/2.txt", "decline")
        self.write("box/1.txt", "forward")
        out, _ = self.run_tertius("explain", str(self.folder / "box"), "--json")
        self.assertEqual([json.loads(line)["meaning"] for line in out.splitlines()], ["forward", "decline"])

    def test_for_people(self):
        out, _ = self.run_tertius("explain", self.write("reply.txt", "no thanks"))
        self.assertIn("meaning: decline", out)
        out, _ = self.run_tertius("explain", self.write("reply.txt", "no thanks"), "--text")
        self.assertEqual(out, "no thanks\n")
        self.run_tertius("explain", "/nowhere.eml", expect=NO_INPUT)


class PreviewTest(Cli):
    def raw(self, *arguments):
        return subprocess.run([binary(), "preview", *arguments, "--raw", "-c", self.config], capture_output=True, check=True,
                              timeout=60).stdout

    def test_the_list(self):
        kinds = self.run_tertius("preview", "--list")[0].splitlines()
        self.assertEqual(len(kinds), len(set(kinds)))
        self.assertEqual(kinds[0], "request")
        self.assertIn("introduction", kinds)
        for kind in kinds:
            self.run_tertius("preview", kind)

    def test_for_people(self):
        out, _ = self.run_tertius("preview", "request")
        self.assertTrue(out.startswith("Subject: Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail)?\n\n"),
                        out)
        self.assertRegex(out, r"\nhttps://intro\.example\.org/d/[a-z2-7]+/forward\n")
        self.assertNotIn("<p", out)
        self.assertEqual(self.run_tertius("preview", "request", "--text")[0], out)

    def test_the_html(self):
        out, _ = self.run_tertius("preview", "request", "--html")
        self.assertTrue(out.startswith("<!doctype html>"), out)
        self.assertIn("https://intro.example.org/d/", out)

    def test_it_needs_no_configuration_and_makes_nothing(self):
        self.run_tertius("preview", "request")
        self.assertEqual(os.listdir(self.folder), ["tertius.toml"])
        if os.path.exists("/etc/tertius/tertius.toml"):
            self.skipTest("Tertius is set up on this machine")
        bare = {name: value for name, value in os.environ.items() if name != "TERTIUS_CONFIG"}
        done = subprocess.run([binary(), "preview", "request"], capture_output=True, env=bare, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Rowan Alumni", done.stdout)

    def test_a_configuration_that_is_named_is_read(self):
        _, error = self.run_tertius("preview", "request", "-c", "/nowhere.toml", expect=CONFIG)
        self.assertIn("/nowhere.toml: cannot be read", error)
        named = self.write("named.toml", self.toml(self.database).replace("[broker]", '[broker]\ncommunity = "Elm"'))
        self.assertIn("leaves the conversation here", self.run_tertius("preview", "introduction", "-c", named)[0])
        self.assertIn("Elm leaves the", self.run_tertius("preview", "introduction", "-c", named)[0].replace("\n", " "))

    def test_own_templates(self):
        (self.folder / "own/notices/en").mkdir(parents=True)
        own = self.write("own.toml", self.toml(self.database).replace(
            "[broker]", f'[broker]\ntemplate_overrides = "{self.folder}/own"'))
        mine = self.write("own/notices/en/thanks.txt", "Subject: Hurrah\n\n{{REQUESTER}} says thank you.\n")
        out, _ = self.run_tertius("preview", "thanks", "-c", own)
        self.assertTrue(out.startswith("Subject: Hurrah\n\nAlice Chen says thank you."), out)
        self.write(mine, "Subject: Hurrah\n\n{{REQUESTOR}}\n")
        _, error = self.run_tertius("preview", "thanks", "-c", own, expect=CONFIG)
        self.assertIn("notices/en/thanks.txt", error)
        self.assertIn("REQUESTOR", error)

    def test_the_message_as_it_is_sent(self):
        raw = self.raw("request")
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        self.assertEqual(raw, self.raw("request"), "the same each time")
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        self.assertEqual(mail["From"].addresses[0].display_name, "Alice Chen via Tertius")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "intro@intro.example.org")
        self.assertEqual(mail["To"].addresses[0].addr_spec, "christine@rowanventures.example")
        self.assertRegex(mail["Reply-To"].addresses[0].addr_spec, r"^intro\+[a-z2-7]+@intro\.example\.org$")
        self.assertNotIn("List-Unsubscribe", mail)
        text, html = [part.get_content() for part in mail.iter_parts()]
        shown, _ = self.run_tertius("preview", "request")
        self.assertEqual(shown, f"Subject: {mail['Subject']}\n\n" + text.replace("\r\n", "\n"))
        self.assertEqual(html.replace("\r\n", "\n").rstrip(), self.run_tertius("preview", "request", "--html")[0].rstrip())

    def test_the_headers_are_those_of_each_mail(self):
        receipt = email.message_from_bytes(self.raw("receipt"))
        self.assertEqual(receipt["Auto-Submitted"], "auto-replied")
        self.assertIn("https://intro.example.org/stop/", receipt["List-Unsubscribe"])
        introduction = email.message_from_bytes(self.raw("introduction"), policy=email.policy.default)
        self.assertEqual([a.addr_spec for a in introduction["To"].addresses],
                         ["alice@harbourledger.example", "gail@steadymail.example"])
        self.assertEqual([a.addr_spec for a in introduction["Cc"].addresses], ["christine@rowanventures.example"])

    def test_each_sees_their_own(self):
        connector, _ = self.run_tertius("preview", "receipt")
        self.assertEqual(self.run_tertius("preview", "receipt", "--to", "connector")[0], connector)
        self.assertIn("forward this request to Gail Okafor", connector.replace("\n", " "))
        target, _ = self.run_tertius("preview", "receipt", "--to", "target")
        self.assertIn("meet Alice Chen", target.replace("\n", " "))
        self.assertIn(b"\r\nTo: Gail Okafor <gail@", self.raw("stop_confirmation", "--to", "target"))

    def test_mistakes_are_explained(self):
        for arguments, word in [([], "outcome_question"), (["frobnicate"], "outcome_question"),
                                (["request", "--to", "target"], "connector"), (["receipt", "--to", "king"], "target"),
                                (["request", "--to-language", "tlh"], "en")]:
            out, error = self.run_tertius("preview", *arguments, expect=USAGE)
            self.assertEqual(out, "")
            self.assertRegex(error, rf"hint: .*\b{word}\b")
        self.run_tertius("preview", "request", "--html", "--raw", expect=USAGE)
        self.run_tertius("preview", "request", "--to-language", "en-gb")


class TryTest(Cli):
    def test_the_walkthrough_ends_in_an_introduction_of_both(self):
        out, _ = self.run_tertius("try", "--walkthrough", "--port", str(20_000 + os.getpid() % 20_000))
        self.assertIn("introduced", out)
        introduction = [line for line in out.splitlines() if "alice@harbourledger.example" in line]
        self.assertTrue(any("gail@steadymail.example" in line for line in introduction), out)


class ListTest(Cli):
    def test_an_operators_lists_of_members_and_ties(self):
        members = self.write("members.csv", "email,name,organisation,title\nalice@acme.example,Alice Chen,Acme,Founder\n"
                             "christine@rowan.example,Christine Doyle,Rowan,\nnobody,X,,\n")
        told = json.loads(self.run_tertius("import", members, "--format", "members", "--json")[0])
        self.assertEqual((told["added"], told["skipped"][0]["row"]), (2, 3))
        ties = self.write("ties.csv", "owner,contact,rating\nchristine@rowan.example,alice@acme.example,0.9\n"
                          "christine@rowan.example,x@nowhere.example,0.9\n")
        out, _ = self.run_tertius("import", ties, "--format", "ties")
        self.assertIn("1 new, 0 changed, 0 as they were, 1 skipped", out)
        self.assertIn("row 2 skipped", out)
        self.assertIn("Alice Chen", self.run_tertius("member", "list")[0])

    def test_what_does_not_fit_together_is_said(self):
        file = self.write("members.csv", "who\nalice\n")
        self.assertIn("email,name", self.run_tertius("import", file, "--format", "members", expect=DATA)[1])
        self.assertIn("members or ties", self.run_tertius("import", file, "--format", "friends", expect=USAGE)[1])
        self.run_tertius("import", file, "--format", "ties", "--member", "alice@acme.example", expect=USAGE)
        self.assertIn("--member", self.run_tertius("import", file, expect=USAGE)[1])


class CoachTest(Cli):
    def letter(self, subject, note, pitch):
        return self.write("request.eml", f"From: Alice Chen <alice@acme.example>\nTo: intro@intro.example.org\n"
                          f"Cc: Christine Doyle <christine@rowan.example>\nSubject: {subject}\n\n{note}\n---\n{pitch}\n")

    def test_a_good_request_passes(self):
        file = self.letter("Gail Goodman, Constant Contact", COVER_NOTE, PITCH)
        found = json.loads(self.run_tertius("coach", file, "--json")[0])
        self.assertEqual([finding for finding in found if finding["severity"] == "blocks"], [])

    def test_what_stops_one_is_said_with_a_wording_that_mends_it(self):
        file = self.letter("Gail Goodman, Constant Contact", "Hi!", "Hi [name], I would love to get connected.")
        out, _ = self.run_tertius("coach", file, expect=DATA)
        self.assertIn("Q4 blocks (pitch)", out)
        found = json.loads(self.run_tertius("coach", file, "--json", expect=DATA)[0])
        self.assertLess({"Q4", "Q5", "Q7"}, {finding["rule"] for finding in found})
        self.assertTrue(all(finding["hint"] for finding in found if finding["severity"] == "blocks"))

    def test_what_is_no_request_says_how_one_is_written(self):
        for text, hint in [(b"From: a@x.example\nSubject: Gail Goodman\n\nNo dashes.\n", "line of"), (b"\xff\x00", "Send it from")]:
            with self.subTest(text=text):
                self.assertIn(hint, self.run_tertius("coach", "-", given=text, expect=DATA)[1])
        self.assertIn("tertius coach FILE", self.run_tertius("coach", expect=USAGE)[1])

    def test_the_rules_are_listed(self):
        out, _ = self.run_tertius("coach", "--rules")
        self.assertIn("Q22", out)


class MineMailTest(Cli):
    MBOX = "".join(f"From x@x.example Mon Jun  1 10:00:00 2026\nFrom: {a}\nTo: {b}\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n"
                   f"Subject: A secret\nMessage-ID: <{n}@x.example>\n\nAnother secret\n\n"
                   for n, (a, b) in enumerate([("alice@acme.example", "Gail <gail@steady.example>"),
                                               ("Gail Okafor <gail@steady.example>", "alice@acme.example"),
                                               ("bob@x.example", "alice@acme.example")]))

    def test_what_is_mined_is_imported_and_holds_no_word_of_a_letter(self):
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")
        mbox, out = self.write("Inbox", self.MBOX), str(self.folder / "mined.csv")
        _, said = self.run_tertius("mine-mail", mbox, "--me", "alice@acme.example", "--output", out)
        self.assertIn("3 letters read, 3 counted", said)
        self.assertIn("1 person wrote to you", said)
        mined = pathlib.Path(out).read_text()
        self.assertNotIn("secret", mined)
        self.assertNotIn("bob@x.example", mined)
        told, _ = self.run_tertius("import", out, "--member", "alice@acme.example", "--json")
        self.assertEqual(json.loads(told)["added"], 1)
        told, _ = self.run_tertius("import", out, "--member", "alice@acme.example", "--json")
        self.assertEqual(json.loads(told)["unchanged"], 1)

    def test_where_there_is_nothing_to_mine_it_says_what_to_do(self):
        mbox, notes = self.write("Inbox", self.MBOX), self.write("notes", "Dear diary\n")
        for arguments, code, hint in [([mbox, "--me", "carol@x.example"], DATA, "--me"),
                                      ([notes, "--me", "alice@acme.example"], DATA, "Maildir"),
                                      ([str(self.folder / "no"), "--me", "alice@acme.example"], NO_INPUT, "Is it there"),
                                      ([mbox, "--me", "alice"], DATA, "name@example.org"), ([mbox], USAGE, "--me"),
                                      ([mbox, "--me", "alice@acme.example", "-o", "/nowhere/x"], NO_INPUT, "--output")]:
            with self.subTest(arguments=arguments):
                self.assertIn(hint, self.run_tertius("mine-mail", *arguments, expect=code)[1])


if __name__ == "__main__":
    main()
