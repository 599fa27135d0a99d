"""The daemon as systemd starts, watches, restarts and reloads it; and the units themselves.

python3 units_test.py TERTIUS [unittest's arguments]
"""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/support/flow"))

from supervisor import Supervisor, listening
from tertius_site import TertiusSite

binary = ""
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
