"""What Prometheus is told by the real daemon, read by Prometheus's own parser while an introduction takes its way.

python3 metrics_test.py TERTIUS [unittest's arguments]
"""
import http.client
import pathlib
import re
import smtplib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, whichever python3 comes first
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from letters import COVER_NOTE, PITCH, letter, link_in
from mail_sink import MailSink
from postfix_site import await_that, free_port
from prometheus_client.parser import text_string_to_metric_families
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nORG:{}\r\nEMAIL:{}\r\nEND:VCARD\r\n"
OUT_OF_OFFICE = {"Auto_Submitted": "auto-replied"}
binary = ""


class MetricsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay, self.port = pathlib.Path(folder.name), MailSink(), free_port()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        self.site.config.write_text(self.site.config.read_text() + f'[metrics]\nlisten = "127.0.0.1:{self.port}"\n')
        for address, name in [(ALICE, "Alice Chen"), (CHRISTINE, "Christine Weaver")]:
            self.site.run("member add", address, "--name", name)
        cards = self.write("cards.vcf", CARD.format("Gail Goodman", "Constant Contact", GAIL) +
                           CARD.format("Alice Chen", "Harbour Ledger", ALICE))
        self.site.run("import", cards, "--member", CHRISTINE)
        self.site.start()
        self.addCleanup(self.site.stop)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def ask(self):
        self.site.run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
                      "--pitch", self.write("pitch", PITCH), "--cover-note", self.write("note", COVER_NOTE))

    def fetch(self, path="/metrics", method="GET", port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        connection.request(method, path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers["Content-Type"], text

    def samples(self):
        """{"tertius_sends_total": {(("result", "sent"),): 1.0}}"""
        out = {}
        for family in text_string_to_metric_families(self.fetch()[2]):
            self.assertTrue(family.documentation, family.name)
            for sample in family.samples:
                out.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
        return out

    def value(self, name, **labels):
        return self.samples()[name][tuple(sorted(labels.items()))]

    def await_value(self, wanted, name, **labels):
        await_that(lambda: self.value(name, **labels) == wanted,
                   lambda: f"{name}{labels} is {wanted}, not {self.value(name, **labels)}", 30)

    def test_an_introduction_is_counted_on_its_way(self):
        self.assertEqual(self.value("tertius_sends_total", result="sent"), 0)
        self.ask()
        request = self.relay.await_mail(CHRISTINE, "/forward")
        self.await_value(2, "tertius_sends_total", result="sent")  # the request, and Alice is told
        self.assertEqual(self.value("tertius_held"), 0)
        self.site.press(link_in(request, "/forward"))
        self.assertEqual(self.value("tertius_decisions_total", channel="unbound_browser", decision="forward"), 1)
        self.assertEqual(self.value("tertius_held"), 1)
        self.relay.await_mail(GAIL, "/accept")
        self.await_value(0, "tertius_held")
        now = self.samples()
        self.assertEqual(now["tertius_steps_total"][(("cause", "forward"),)], 1)
        self.assertGreaterEqual(now["tertius_commit_seconds_count"][()], 4)
        self.assertLessEqual(now["tertius_commit_seconds_sum"][()], 60)
        self.await_value(3, "tertius_network_people")

    def test_letters_are_counted_by_what_they_were(self):
        for number, more in enumerate([{}, OUT_OF_OFFICE, OUT_OF_OFFICE]):
            mail = letter("carol@example.test", "intro@intro.test", f"Hello {number}", "Hello", **more)
            with smtplib.LMTP("127.0.0.1", self.site.lmtp) as client:
                client.send_message(mail, "carol@example.test", ["intro@intro.test"])
        self.assertEqual(self.value("tertius_letters_total", kind="human"), 1)
        self.assertEqual(self.value("tertius_letters_total", kind="auto"), 2)

    def test_a_relay_that_is_away_is_seen(self):
        self.relay.close()
        self.ask()
        await_that(lambda: self.value("tertius_outbox_due") + self.value("tertius_outbox_later") == 2,
                   "two notices wait", 30)
        await_that(lambda: self.value("tertius_sends_total", result="unharmed") +
                   self.value("tertius_sends_total", result="deferred") > 0, "a failed try is counted", 30)

    def test_the_process_is_described(self):
        now = self.samples()
        self.assertEqual(list(now["tertius_build_info"].values()), [1])
        resident = next(iter(now["process_resident_memory_bytes"].values()))
        status = pathlib.Path(f"/proc/{self.site.daemon.pid}/status").read_text()
        real = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024
        self.assertLess(abs(resident - real), real / 2)

    def test_nobody_is_named_and_the_public_pages_do_not_have_it(self):
        self.ask()
        self.relay.await_mail(CHRISTINE, "/forward")
        text = self.fetch()[2]
        for private in ["alice", "gail", "christine", "example.test", "Constant", "Harbour"]:
            self.assertNotIn(private.lower(), text.lower())
        self.assertEqual(self.fetch(port=self.site.web)[0], 404)
        self.assertEqual(self.fetch("/")[0], 404)
        self.assertEqual(self.fetch("/me")[0], 404)
        self.assertEqual(self.fetch(method="POST")[0], 405)
        self.assertIn("text/plain; version=0.0.4", self.fetch()[1])

    def test_a_taken_address_is_said(self):
        taken = self.site.config.read_text().replace(f"127.0.0.1:{self.port}", "127.0.0.1:no")
        self.site.config.write_text(taken)
        self.assertIn(b"metrics.listen", self.site.run("check", exit_code=78).stderr)


if __name__ == "__main__":
    binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
