"""The daemon as systemd starts, watches, restarts and reloads it; and the units themselves.

python3 units_test.py TERTIUS [unittest's arguments]
"""

import http.client
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/support/flow"))

from letters import COVER_NOTE, GAIL_VCF, PITCH
from login_relay import LoginRelay
from mail_sink import MailSink
from postfix_site import await_that, free_port
from supervisor import Supervisor, listening
from tertius_site import TertiusSite

binary = ""
ALICE, CHRISTINE = "alice@example.test", "christine@example.test"
MOST_EXPOSURE = 1.2


class UnitsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.http, self.lmtp = listening(), listening()
        self.addCleanup(self.http.close)
        self.addCleanup(self.lmtp.close)
        self.site = TertiusSite(binary, folder.name, 1, self.lmtp.getsockname()[1])
        self.configure(f"127.0.0.1:{self.site.web}", f"127.0.0.1:{self.http.getsockname()[1]}")
        self.site.web = self.http.getsockname()[1]
        self.site.url = f"http://127.0.0.1:{self.site.web}"

    def configure(self, old, new):
        text = self.site.config.read_text()
        self.assertIn(old, text)
        self.site.config.write_text(text.replace(old, new))

    def supervisor(self, sockets=None, **environment):
        sockets = {"http": self.http, "lmtp": self.lmtp} if sockets is None else sockets
        out = Supervisor(self.site, sockets, environment)
        self.addCleanup(out.close)
        return out

    # ---- what it says ----

    def test_it_says_when_it_serves_and_when_it_ends(self):
        daemon = self.supervisor()
        daemon.start()
        self.assertIn(str(self.site.web), daemon.heard[-1]["STATUS"])
        self.assertEqual(200, self.site.fetch("/healthz")[0])
        daemon.signal(signal.SIGTERM)
        self.assertIn("STATUS", daemon.await_word("STOPPING", "1"))
        self.assertEqual(0, daemon.wait())

    def test_the_watchdog_is_fed_while_it_lives(self):
        daemon = self.supervisor(WATCHDOG_USEC="400000")
        daemon.start()
        for _ in range(3):
            daemon.await_word("WATCHDOG", "1")
        daemon.signal(signal.SIGSTOP)
        while daemon.listen(1):
            pass
        self.assertIsNone(daemon.listen(1), "who is stopped says nothing")
        daemon.signal(signal.SIGCONT)
        daemon.await_word("WATCHDOG", "1")

    def test_without_a_watchdog_nothing_is_fed(self):
        daemon = self.supervisor()
        daemon.start()
        self.assertEqual(200, self.site.fetch("/healthz")[0])
        daemon.stop()
        while daemon.listen(0.2):
            pass
        self.assertFalse([words for words in daemon.heard if "WATCHDOG" in words])

    # ---- SIGHUP ----

    def reload(self, daemon):
        """What it says once it has read everything again."""
        daemon.signal(signal.SIGHUP)
        words = daemon.await_word("RELOADING", "1")
        self.assertLessEqual(abs(int(words["MONOTONIC_USEC"]) - time.monotonic_ns() // 1000), 60_000_000)
        return daemon.await_word("READY", "1")["STATUS"]

    def page(self, path="/"):
        status, text = self.site.fetch(path)
        self.assertEqual(200, status)
        return text

    def test_a_reload_takes_words_templates_and_levels(self):
        overrides = self.site.folder / "words"
        (overrides / "pages").mkdir(parents=True)
        layout = (SOURCE / "templates/pages/layout.html").read_text()
        self.configure('domain = "intro.test"', f'domain = "intro.test"\ntemplate_overrides = "{overrides}"')
        daemon = self.supervisor()
        daemon.start()
        self.assertIn("Rowan Alumni", self.page("/sign-in"))
        self.configure("Rowan Alumni", "Quarry Alumni")
        (overrides / "pages/layout.html").write_text(layout.replace("</body>", "<p>our own foot</p></body>"))
        with self.site.config.open("a") as file:
            file.write('[log]\nlevel = "error"\n')
        self.assertNotIn("wants a restart", self.reload(daemon))
        done = self.site.ask("audit")[0]
        self.assertEqual((done["what"], done["subject"]), ("reload", "broker.community,log.level"))
        page = self.page("/sign-in")
        self.assertIn("Quarry Alumni", page)
        self.assertIn("our own foot", page)
        daemon.stop()
        self.assertNotIn("event=stopping", self.site.log())

    def test_what_is_counted_is_counted_after_a_reload_too(self):
        metrics = free_port()
        with self.site.config.open("a") as file:
            file.write(f'[metrics]\nlisten = "127.0.0.1:{metrics}"\n')
        daemon = self.supervisor()
        daemon.start()

        def letters():
            with urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics") as answer:
                counts = re.findall(r"^tertius_letters_total\{.*\} (\d+)", answer.read().decode(), re.M)
            return sum(map(int, counts))
        for number in (1, 2):
            with smtplib.LMTP("127.0.0.1", self.site.lmtp) as client:
                client.sendmail(ALICE, "intro@intro.test", f"From: {ALICE}\r\nSubject: {number}\r\n\r\nHello.\r\n")
            self.assertEqual(number, letters())
            self.reload(daemon)

    def test_what_wants_a_restart_is_named_and_waits(self):
        daemon = self.supervisor()
        daemon.start()
        self.configure("port = 1\n", "port = 2\nconnections = 9\nmails_per_minute = 7\n")
        self.assertIn("wants a restart: smtp.port,smtp.connections", self.reload(daemon))
        self.assertIn("changed=smtp.mails_per_minute wants_restart=smtp.port,smtp.connections", self.site.log())
        self.assertIn("wants a restart: smtp.port,smtp.connections", self.reload(daemon), "still")
        self.configure("port = 2\nconnections = 9\n", "port = 1\n")
        self.assertNotIn("wants a restart", self.reload(daemon))

    def test_a_reload_of_something_wrong_changes_nothing_and_says_why(self):
        daemon = self.supervisor()
        daemon.start()
        good = self.site.config.read_text()
        wrongs = {
            "hold.reply": good.replace("Rowan Alumni", "Nobody").replace("reply = ", 'reply = "x" #'),
            "cannot be read": None,
            "no secret": good.replace("Rowan Alumni", "Nobody") .replace(
                "[smtp]\n", '[smtp]\nuser = "u"\npassword_file = "/nowhere/secret"\n'),
            "layout.html": good.replace("Rowan Alumni", "Nobody").replace(
                "[broker]\n", f'[broker]\ntemplate_overrides = "{self.site.folder}/broken"\n'),
        }
        broken = self.site.folder / "broken/pages"
        broken.mkdir(parents=True)
        (broken / "layout.html").write_text("{{#NEVER_ENDED}}")
        for why, text in wrongs.items():
            self.site.config.unlink() if text is None else self.site.config.write_text(text)
            status = self.reload(daemon)
            self.assertIn("Not reloaded", status, why)
            self.assertIn("Rowan Alumni", self.page("/sign-in"), why)
        for why in ("hold.reply", "cannot be read", "/nowhere/secret", "NEVER_ENDED"):
            self.assertIn(why, self.site.log())
        self.site.config.write_text(good.replace("Rowan Alumni", "Somebody"))
        self.assertNotIn("Not reloaded", self.reload(daemon))
        self.assertIn("Somebody", self.page("/sign-in"))

    def ask_for_mail(self):
        """What Alice gets is the link to sign in by."""
        action, fields = next(form for form in self.site.forms("/sign-in") if "decoy" not in form[1])
        self.site.fetch(action, {**fields, "address": "alice@example.test"})

    def ask_christine(self):
        """Alice's request to her, by the command line."""
        run, folder = self.site.run, self.site.folder
        run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        (folder / "gail.vcf").write_text(GAIL_VCF)
        run("import", "--member", CHRISTINE, str(folder / "gail.vcf"))
        ties = f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n{ALICE},{CHRISTINE},0.5\n"
        run("import", "--format", "ties", "-", given=ties.encode())
        (folder / "pitch.txt").write_text(PITCH)
        (folder / "note.txt").write_text(COVER_NOTE)
        run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
            "--pitch", str(folder / "pitch.txt"), "--cover-note", str(folder / "note.txt"))

    def link(self, mail, page):
        return re.search(rf"http\S+/{page}[^\s\"<>]*", mail.get_body(("plain",)).get_content())[0]

    def test_a_new_link_key_signs_and_the_old_links_work(self):
        sink = MailSink()
        self.addCleanup(sink.close)
        site = self.site
        self.configure("port = 1\n", f"port = {sink.port}\n")
        self.ask_christine()
        daemon = self.supervisor()
        daemon.start()
        request = sink.await_mail(CHRISTINE, "decline")
        old = self.link(request, "stop/")
        self.assertIn("Key 2 signs", site.run("key rotate").stdout.decode())
        self.assertEqual(b"2  signs and verifies\n1  verifies\n", site.run("key list").stdout)
        self.reload(daemon)
        site.press(self.link(request, "d/\\w+/decline"))
        new = self.link(sink.await_mail(ALICE, "ended without an introduction"), "stop/")
        self.assertNotEqual(old, new)
        self.assertIn("Stop all mail", self.page(old))
        self.assertIn("Stop all mail", self.page(new))

        site.run("key forget", "2", exit_code=65)  # it signs
        site.run("key forget", "9", exit_code=65)
        site.run("key forget", "1")
        self.assertIn("Stop all mail", self.page(old), "the daemon has not been told yet")
        self.reload(daemon)
        self.assertNotIn("Stop all mail", site.fetch(old)[1])
        self.assertIn("Stop all mail", self.page(new))

    def test_a_bare_name_is_a_credential(self):
        folder = self.site.folder / "credentials"
        folder.mkdir()
        relay = LoginRelay("new")
        self.addCleanup(relay.close)
        self.configure("port = 1\n", f'port = {relay.port}\nuser = "tertius"\npassword_file = "smtp-password"\n')
        daemon = self.supervisor(CREDENTIALS_DIRECTORY=str(folder))
        daemon.start(wait=False)
        self.assertNotEqual(0, daemon.wait())
        self.assertIn(f"{folder}/smtp-password", self.site.log())
        (folder / "smtp-password").write_text("new\n")
        daemon.start()
        self.site.run("member add", "alice@example.test", "--name", "Alice")
        self.ask_for_mail()
        await_that(lambda: "alice@example.test" in relay.recipients, "the relay took the login")
        self.assertEqual(0, relay.refused)

    def test_a_hangup_before_it_serves_is_no_end(self):
        daemon = self.supervisor()
        daemon.start(wait=False)
        until = time.monotonic() + 20
        while "READY" not in {key for words in daemon.heard for key in words} and time.monotonic() < until:
            # Not to the shell, whose end it would be.
            if "tertius" in Path(f"/proc/{daemon.daemon.pid}/comm").read_text() and self.ignores_hangup(daemon):
                daemon.signal(signal.SIGHUP)
            daemon.listen(0.001)
        self.assertEqual(200, self.site.fetch("/healthz")[0])

    def ignores_hangup(self, daemon):
        status = Path(f"/proc/{daemon.daemon.pid}/status").read_text()
        masks = [int(re.search(name + r":\s+(\w+)", status)[1], 16) for name in ("SigIgn", "SigCgt")]
        return any(mask & 1 for mask in masks)

    # ---- the sockets ----

    def test_a_restart_refuses_no_connection(self):
        daemon = self.supervisor()
        daemon.start()
        over, wrong, answers = threading.Event(), [], {"page": 0, "letter": 0}
        clients = [threading.Thread(target=self.ask_on, args=(ask, over, wrong, answers))
                   for ask in (self.ask_page, self.ask_page, self.ask_page, self.greet) for _ in range(2)]
        for client in clients:
            client.start()
        for _ in range(6):
            before = dict(answers)
            self.assertEqual(0, daemon.stop())
            daemon.start()
            while not wrong and (answers["page"] < before["page"] + 20 or answers["letter"] < before["letter"] + 20):
                daemon.listen(0.05)
        over.set()
        for client in clients:
            client.join()
        self.assertEqual([], wrong[:3])
        print(f"answered over six restarts: {answers}", file=sys.stderr)

    def ask_on(self, ask, over, wrong, answers):
        while not over.is_set():
            try:
                answers[ask()] += 1
            except Exception as error:  # whatever it is, it is the test's failure
                wrong.append(f"{ask.__name__}: {error!r}")
                return

    def ask_page(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.web, timeout=30)
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        if (answer.status, answer.read()) != (200, b"ok\n"):
            raise AssertionError(answer.status)
        connection.close()
        return "page"

    def greet(self):
        """A mail server's visit: 220, or 421 for now, and never a refusal or silence."""
        with socket.create_connection(("127.0.0.1", self.site.lmtp), 30) as client:
            said = client.recv(1000)
            if said[:3] not in (b"220", b"421"):
                raise AssertionError(said)
            try:
                client.sendall(b"QUIT\r\n")
                while client.recv(1000):
                    pass
            except ConnectionError:
                pass  # it had said 421, and has gone
        return "letter"

    def test_without_sockets_it_listens_itself(self):
        self.http.close()
        self.lmtp.close()
        daemon = self.supervisor({})
        daemon.start()
        self.assertEqual(200, self.site.fetch("/healthz")[0])
        self.greet()

    def test_one_socket_alone_will_do(self):
        self.lmtp.close()
        self.supervisor({"http": self.http}).start()
        self.assertEqual(200, self.site.fetch("/healthz")[0])
        self.greet()

    def test_a_unix_socket_for_letters_stays_where_it_is(self):
        path = str(self.site.folder / "lmtp.sock")
        self.configure(f"127.0.0.1:{self.site.lmtp}", "unix:" + path)
        letters = listening(socket.AF_UNIX, path)
        self.addCleanup(letters.close)
        daemon = self.supervisor({"http": self.http, "lmtp": letters})
        daemon.start()
        for _ in range(2):
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(30)
                client.connect(path)
                self.assertEqual(b"220", client.recv(1000)[:3])
            daemon.stop()
            self.assertTrue(os.path.exists(path))
            daemon.start()

    def test_a_socket_that_is_elsewhere_is_refused_with_what_to_do(self):
        self.configure(f'listen = "127.0.0.1:{self.site.web}"', 'listen = "127.0.0.1:1"')
        daemon = self.supervisor()
        daemon.start(wait=False)
        self.assertEqual(78, daemon.wait())
        self.assertIn(f"tertius-http.socket listens on 127.0.0.1:{self.site.web}", self.site.log())
        self.assertIn("hint:", self.site.log())

    def test_a_socket_for_nothing_is_refused(self):
        deaf = socket.socket()
        self.addCleanup(deaf.close)
        for sockets, words in [({"pages": self.http}, "is for nothing here"),
                               ({"http": deaf}, "is not one that listens")]:
            daemon = self.supervisor(sockets)
            daemon.start(wait=False)
            self.assertEqual(78, daemon.wait())
            self.assertIn(words, self.site.log())
            daemon.close()
            os.remove(daemon.path)


class UnitFilesTest(unittest.TestCase):
    service = SOURCE / "systemd/tertius.service"

    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze")
    def test_the_service_is_exposed_to_little(self):
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", str(self.service)],
                              capture_output=True, text=True)
        overall = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
        self.assertTrue(overall, done.stdout + done.stderr)
        self.assertLessEqual(float(overall[1]), MOST_EXPOSURE, done.stdout)

    def test_every_line_of_the_sandbox_says_why(self):
        lines = self.service.read_text().split("# Strangers write")[1].split("[Install]")[0].splitlines()
        for before, line in zip(lines, lines[1:]):
            if "=" in line and not line.startswith("#"):
                name = line.split("=")[0]
                self.assertTrue(before.startswith("#") or before.startswith(name), f"{line} has no comment of its own")

    def test_the_units_and_the_shipped_configuration_name_the_same_addresses(self):
        shipped = (SOURCE / "systemd/tertius.toml").read_text()
        for unit in ("http", "lmtp"):
            text = (SOURCE / f"systemd/tertius-{unit}.socket").read_text()
            stream = re.search(r"^ListenStream=(.+)$", text, re.M)[1]
            self.assertIn(f'listen = "{stream}"', shipped)


if __name__ == "__main__":
    binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
