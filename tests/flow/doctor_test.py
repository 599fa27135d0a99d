"""What the doctor finds: a name server, a relay, a daemon and a proxy of the test's own, each good and each broken.

python3 doctor_test.py TERTIUS [unittest's arguments]; exits 77 where there is no dnsmasq.
"""
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from mail_sink import MailSink
from postfix_site import await_that, end_with_parent, free_port
from tertius_site import TertiusSite

BAD, DNSMASQ = 69, shutil.which("dnsmasq") or "/usr/sbin/dnsmasq"
GOOD_ZONE = ["mx-host=intro.test,mx.intro.test,10", "txt-record=intro.test,v=spf1 mx -all",
             "txt-record=s1._domainkey.intro.test,v=DKIM1; k=rsa; p=MIIB", "txt-record=_dmarc.intro.test,v=DMARC1; p=reject",
             "host-record=mx.intro.test,203.0.113.5", "ptr-record=6.113.0.203.in-addr.arpa,elsewhere.test",
             "host-record=elsewhere.test,203.0.113.99"]
binary = ""


class NameServer:
    def __init__(self, folder, records):
        self.port = free_port()
        config = folder / f"dnsmasq.{self.port}"
        config.write_text("\n".join([f"port={self.port}", "no-resolv", "no-hosts", "listen-address=127.0.0.1",
                                     "bind-interfaces", "local=/test/", "local=/in-addr.arpa/", f"pid-file={config}.pid",
                                     "user=" + ("root" if os.geteuid() == 0 else ""), *records]) + "\n")
        self.process = subprocess.Popen([DNSMASQ, "--keep-in-foreground", f"--conf-file={config}"],
                                        stderr=subprocess.DEVNULL, preexec_fn=end_with_parent)
        await_that(self.answers, "dnsmasq answers")

    def answers(self):
        with socket.socket() as tcp:
            return tcp.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait()


class TlsPage(threading.Thread):
    """Answers every request with "ok" behind a certificate of so many days, made for this test."""

    def __init__(self, folder, days):
        super().__init__(daemon=True)
        self.certificate = folder / f"{days}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost", "-days", str(days), "-keyout", folder / "key.pem", "-out",
                        self.certificate], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self.server = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port = self.server.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                connection, _ = self.server.accept()
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")
                connection.close()
            except ssl.SSLError:
                continue
            except OSError:
                return


class DoctorTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay = pathlib.Path(folder.name), MailSink()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        self.site.run("member add", "alice@example.test", "--name", "Alice Chen")

    def names(self, records=()):
        server = NameServer(self.folder, records)
        self.addCleanup(server.stop)
        return server

    def examine(self, server, *more, exit_code=None):
        done = subprocess.run([*self.site.command("doctor"), "--json", "--dns", f"127.0.0.1:{server.port}", *more],
                              capture_output=True, timeout=120)
        if exit_code is not None:
            self.assertEqual(done.returncode, exit_code, done.stdout.decode() + done.stderr.decode())
        return {one["check"]: one for one in json.loads(done.stdout)}

    def health(self, found):
        return {name: one["health"] for name, one in found.items()}

    def edit(self, before, after):
        text = self.site.config.read_text()
        self.assertIn(before, text)
        self.site.config.write_text(text.replace(before, after))

    def test_where_all_is_well_it_says_so(self):
        self.site.start()
        self.addCleanup(self.site.stop)
        found = self.examine(self.names(GOOD_ZONE), "--dkim-selector", "s1", "--public-address", "203.0.113.5", exit_code=0)
        health = self.health(found)
        self.assertIn(health.pop("clock"), ["ok", "look", "?"])  # the machine's own affair
        self.assertEqual(set(health.values()), {"ok"}, found)
        self.assertIn("1 people", found["database"]["what"])
        self.assertIn("mx.intro.test", found["MX"]["what"])
        self.assertEqual(self.relay.mails, [], "nothing is sent")
        self.assertEqual(self.site.ask("letters"), [], "nothing is left behind")

    def test_a_daemon_that_is_not_there_and_a_domain_that_says_nothing(self):
        found = self.examine(self.names(), exit_code=BAD)
        health = self.health(found)
        for name in ["letters in", "pages", "MX", "SPF"]:
            self.assertEqual(health[name], "bad", found[name])
            self.assertTrue(found[name]["advice"], name)
        self.assertEqual(health["DMARC"], "look")
        self.assertEqual(health["DKIM"], "?")
        self.assertEqual(health["PTR"], "?")
        self.assertEqual(health["relay"], "ok")

    def test_records_that_count_as_none_are_seen(self):
        zone = ["mx-host=intro.test,.,0", "txt-record=intro.test,v=spf1 mx -all", "txt-record=intro.test,v=spf1 a -all",
                "txt-record=s1._domainkey.intro.test,v=DKIM1; p=", "txt-record=_dmarc.test,v=DMARC1; p=none",
                *GOOD_ZONE[4:]]
        found = self.examine(self.names(zone), "--dkim-selector", "s1", "--public-address", "203.0.113.6")
        self.assertIn("takes no mail", found["MX"]["what"])
        self.assertIn("2 SPF records", found["SPF"]["what"])
        self.assertIn("revoked", found["DKIM"]["what"])
        self.assertEqual(found["DMARC"]["health"], "look", "a top-level domain's word is not ours")
        self.assertIn("leads elsewhere", found["PTR"]["what"])
        self.assertEqual(self.examine(self.names(["txt-record=intro.test,v=spf1 +all"]))["SPF"]["health"], "bad")

    def test_a_name_server_that_is_not_there_is_no_bad_domain(self):
        server = self.names()
        server.stop()
        for name in ["MX", "SPF", "DMARC"]:
            self.assertEqual(self.examine(server)[name]["health"], "?")

    def test_a_relay_that_is_away_or_refuses_the_login(self):
        names = self.names()
        password = self.folder / "password"
        password.write_text("wrong\n")
        self.edit("[smtp]\n", f'[smtp]\nuser = "us"\npassword_file = "{password}"\n')
        found = self.examine(names)["relay"]
        self.assertEqual(found["health"], "bad", "this one offers no login: " + found["what"])
        self.relay.close()
        self.assertIn("may this machine reach it", self.examine(names)["relay"]["advice"])

    def test_files_of_this_machine(self):
        names = self.names()
        key = self.folder / "link.key"
        key.chmod(0o644)
        found = self.examine(names)["link key"]
        self.assertIn("chmod 600", found["advice"])
        key.unlink()
        self.assertEqual(self.examine(names)["link key"]["health"], "look")
        self.assertFalse(key.exists(), "it makes nothing")
        database = self.folder / "tertius.db"
        whole = database.read_bytes()
        database.write_bytes(whole[:40_000] + bytes(4_096) + whole[44_096:])
        self.assertEqual(self.examine(names)["database"]["health"], "bad")
        self.edit("[storage]\n", "[storage]\nleast_free_mb = 1000000\n")
        self.assertIn("make room", self.examine(names)["disk"]["advice"])

    def test_a_stop_of_sending_is_not_forgotten(self):
        self.site.run("outbox", "--stop", "moving house")
        self.assertIn("moving house", self.examine(self.names())["database"]["what"])

    def test_certificates_that_end_soon_are_seen_and_untrusted_ones(self):
        names = self.names()
        for days, health in [(5, "look"), (90, "ok")]:
            page = TlsPage(self.folder, days)
            self.edit(self.site.config.read_text().split('public_url = "')[1].split('"')[0], f"https://localhost:{page.port}")
            self.assertEqual(self.examine(names)["pages"]["health"], "bad", "nobody trusts it")
            found = self.examine(names, "--ca-file", str(page.certificate))["pages"]
            self.assertEqual(found["health"], health, found)
            page.server.close()

    def test_it_is_read_by_people(self):
        out = self.site.run("doctor", "--dns", f"127.0.0.1:{self.names().port}", exit_code=BAD).stdout.decode()
        self.assertRegex(out, r"(?m)^bad   MX +no mail can reach intro\.test$")
        self.assertRegex(out, r"(?m)^ +-> intro\.test\. MX 10")
        self.assertIn(b"no address", self.site.run("doctor", "--dns", "nowhere:x", exit_code=64).stderr)


if __name__ == "__main__":
    if not os.path.exists(DNSMASQ):
        print("skipped: there is no dnsmasq")
        sys.exit(77)
    binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
