"""The first configuration: by flags and by answers, what is refused, what is kept, and what it prints.

    python3 setup_test.py <the binary>
"""

import os
import pathlib
import shutil
import stat
import subprocess
import unittest

from cli import DATA, NO_INPUT, USAGE, Cli, binary, main

FLAGS = ["--community", 'Ann "&" Co', "--domain", "intro.example.org", "--public-url", "https://intro.example.org",
         "--operator", "root@example.org", "--relay", "127.0.0.1:25"]


class SetupTest(Cli):
    def setUp(self):
        super().setUp()
        (self.folder / "tertius.toml").unlink()
        self.data = ["--database", f"sqlite:{self.database}", "--link-key-file", f"{self.folder}/link.key"]

    def test_what_it_writes_is_good_and_serves_at_once(self):
        out, _ = self.run_tertius("setup", *FLAGS, *self.data)
        self.assertIn("is good", self.run_tertius("check")[0])
        self.run_tertius("member", "add", "alice@acme.example", "--name", "Alice Chen")
        self.assertIn('community = "Ann \\"&\\" Co"', (self.folder / "tertius.toml").read_text())
        self.assertEqual(stat.S_IMODE((self.folder / "link.key").stat().st_mode), 0o600)
        for words in ["intro.example.org.  MX", "v=spf1", "_domainkey", "_dmarc", "lmtp:inet:127.0.0.1:8024",
                      "protocol = lmtp", "lmtp://127.0.0.1:8024", "tertius doctor"]:
            self.assertIn(words, out)

    def test_five_questions_are_asked_and_answered(self):
        answers = b"Rowan Alumni\nintro.rowan.example\n\nroot@rowan.example\nsmtp.rowan.example:465\n"
        out, asked = self.run_tertius("setup", *self.data, given=answers)
        self.assertEqual(asked.count("? "), 5, asked)
        self.assertIn("[https://intro.rowan.example]?", asked)
        written = (self.folder / "tertius.toml").read_text()
        for line in ['public_url = "https://intro.rowan.example"', 'host = "smtp.rowan.example"', "port = 465", 'security = "tls"']:
            self.assertIn(line, written)
        self.assertIn("provider of smtp.rowan.example", out)

    def test_a_relay_elsewhere_gets_nothing_in_the_clear(self):
        self.run_tertius("setup", *FLAGS[:-1], "smtp.example.org:587", *self.data)
        self.assertIn('security = "starttls"', (self.folder / "tertius.toml").read_text())

    def test_where_nobody_answers_it_says_which_flag_does(self):
        self.assertIn("--domain", self.run_tertius("setup", "--community", "X", expect=USAGE)[1])
        self.assertFalse((self.folder / "tertius.toml").exists())

    def test_what_cannot_be_is_refused_and_nothing_is_written(self):
        for at, bad in [(3, "no domain at all"), (5, "ftp://x"), (7, "nobody"), (9, "relay:0")]:
            flags = [*FLAGS[:at], bad, *FLAGS[at + 1:]]
            with self.subTest(bad=bad):
                self.assertIn("nothing was written", self.run_tertius("setup", *flags, *self.data, expect=DATA)[1])
                self.assertFalse((self.folder / "tertius.toml").exists())
        self.assertIn("--config", self.run_tertius("setup", *FLAGS, "-c", "/proc/nowhere/x.toml", expect=NO_INPUT)[1])

    def test_what_was_there_is_kept(self):
        self.run_tertius("setup", *FLAGS, *self.data)
        key = (self.folder / "link.key").read_text()
        self.assertIn("--replace", self.run_tertius("setup", *FLAGS, *self.data, expect=DATA)[1])
        aside = self.json_of("setup", *FLAGS, *self.data, "--replace")["aside"]
        self.assertIn("intro.example.org", pathlib.Path(aside).read_text())
        self.assertEqual((self.folder / "link.key").read_text(), key, "links that are under way still hold")

    def test_the_sample_of_the_package_is_nobodys_work(self):
        shutil.copy(pathlib.Path(__file__).parents[2] / "systemd/tertius.toml", self.folder / "tertius.toml")
        aside = self.json_of("setup", *FLAGS, *self.data)["aside"]
        self.assertIn("sample", pathlib.Path(aside).read_text())
        self.assertIn("--replace", self.run_tertius("setup", *FLAGS, *self.data, expect=DATA)[1])

    def test_the_lines_for_one_mail_server(self):
        out, _ = self.run_tertius("setup", *FLAGS, *self.data, "--mail-server", "exim")
        self.assertIn("driver = manualroute", out)
        self.assertNotIn("smtpd.conf", out)

    def test_what_a_provider_of_mailboxes_needs_is_good_in_place_of_what_was_written(self):
        for provider, words in [("gmail", "imaps://imap.gmail.com/INBOX"), ("microsoft365", "imaps://outlook.office365.com")]:
            with self.subTest(provider):
                lines = self.json_of("setup", *FLAGS, *self.data, "--replace")["mail_servers"][provider]
                self.assertIn(words, lines)
                self.assertIn("intro@intro.example.org", lines)
                config = self.folder / "tertius.toml"
                config.write_text(config.read_text().split("[smtp]")[0] + lines)
                self.run_tertius("check", "--file-only")

    def test_postfix_takes_its_lines(self):
        postconf = shutil.which("postconf") or "/usr/sbin/postconf"
        if not os.path.exists(postconf):
            self.skipTest("there is no Postfix")
        lines = self.json_of("setup", *FLAGS, *self.data)["mail_servers"]["postfix"]
        main_cf = lines.split("# /etc/postfix/transport")[0]
        folder = self.folder / "postfix"
        folder.mkdir()
        (folder / "master.cf").touch()
        (folder / "main.cf").write_text("compatibility_level = 3.6\n" + main_cf)
        done = subprocess.run([postconf, "-c", folder, "-n"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("relay_domains = intro.example.org", done.stdout)

    def test_it_names_itself(self):
        self.assertTrue(os.access(binary(), os.X_OK))
        self.assertIn("five answers", self.run_tertius("setup", "--help")[0])


if __name__ == "__main__":
    unittest.TestCase.maxDiff = None
    main()
