"""Webhooks from the real daemon to a real server, which is down, silent or in order; the daemon is killed meanwhile.

python3 webhooks_test.py TERTIUS [unittest's arguments]
"""
import http.client
import json
import pathlib
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from hook_server import HookServer, signature
from letters import COVER_NOTE, PITCH
from mail_sink import MailSink
from postfix_site import await_that, free_port
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL = "alice@example.test", "christine@example.test", "gail@example.test"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nORG:{}\r\nEMAIL:{}\r\nEND:VCARD\r\n"
binary = ""


class WebhooksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.relay, self.server = MailSink(), HookServer()
        self.addCleanup(self.relay.close)
        self.addCleanup(lambda: self.server.close())
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        self.site.config.write_text(self.site.config.read_text().replace(
            "[web]\n", "[web]\nallow_private_webhooks = true\n"))
        for address, name in [(ALICE, "Alice Chen"), (CHRISTINE, "Christine Weaver")]:
            self.site.run("member add", address, "--name", name)
        cards = self.write("cards.vcf", CARD.format("Gail Goodman", "Constant Contact", GAIL) +
                           CARD.format("Alice Chen", "Harbour Ledger", ALICE))
        self.site.run("import", cards, "--member", CHRISTINE)
        self.secrets = {}
        for path, person in [("/all", ""), ("/alice", ALICE), ("/christine", CHRISTINE)]:
            self.listen(path, person)
        self.site.start()
        self.addCleanup(self.site.stop)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def listen(self, path, person):
        whose = ["--person", person] if person else []
        self.secrets[path] = self.site.ask("webhook add", self.server.url(path), *whose)["secret"]

    def ask(self):
        self.site.run("request", "--member", ALICE, "--target", "Gail Goodman, Constant Contact", "--connector", CHRISTINE,
                      "--pitch", self.write("pitch", PITCH), "--cover-note", self.write("note", COVER_NOTE))

    def decide(self, decision, **more):
        """As Christine, by the API."""
        token = self.site.ask("token add", "--person", CHRISTINE, "--scope", "decisions:write", "--name", "test")["secret"]
        connection = http.client.HTTPConnection("127.0.0.1", self.site.web, timeout=20)
        number = self.site.introduction()["id"]
        connection.request("POST", f"/api/v1/introductions/{number}/decisions",
                           json.dumps({"decision": decision, **more}),
                           {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
        self.assertEqual(connection.getresponse().status, 200)
        connection.close()

    def kill(self):
        self.site.daemon.kill()
        self.site.daemon.wait()
        self.site.daemon = None

    def test_each_is_told_what_they_see_signed_and_in_order(self):
        self.ask()
        self.server.await_states("/alice", ["asked"])
        self.server.await_states("/christine", ["asked"])
        self.decide("forward", note="Alice is worth your time.")
        self.server.await_states("/alice", ["asked", "forwarded"])
        self.server.await_states("/christine", ["asked", "forwarded"])
        self.server.await_states("/all", ["asked", "asked", "forwarded"])
        for path, secret in self.secrets.items():
            for got in self.server.to(path):
                headers = {name.lower(): value for name, value in got["headers"].items()}
                self.assertEqual(headers["webhook-signature"],
                                 signature(secret, headers["webhook-id"], headers["webhook-timestamp"], got["body"]))
                self.assertLess(abs(time.time() - int(headers["webhook-timestamp"])), 60)
                self.assertRegex(headers["user-agent"], r"^tertius/\d+\.\d+\.\d+$")
                self.assertEqual(headers["content-type"], "application/json")
        self.assertNotIn(GAIL.encode(), self.server.to("/alice")[-1]["body"])
        self.assertIn(GAIL.encode(), self.server.to("/all")[-1]["body"], "the operator sees all")

    def test_a_silent_no_tells_the_requester_nothing(self):
        self.ask()
        self.server.await_states("/alice", ["asked"])
        self.decide("decline", silent=True)
        self.server.await_states("/christine", ["asked", "declined"])
        self.server.await_states("/all", ["asked", "asked", "declined_silently"])
        self.assertEqual(self.server.states("/alice"), ["asked"])

    def test_killed_between_the_commit_and_the_reply_it_tells_again_under_the_same_id(self):
        self.server.is_silent.set()
        self.ask()
        await_that(lambda: len(self.server.got) == 3, "all three are being told", 20)
        self.kill()
        self.server.is_silent.clear()
        self.site.start()
        for path in self.secrets:
            self.server.await_states(path, ["asked", "asked"])
            first, second = self.server.to(path)
            self.assertEqual(first["headers"]["webhook-id"], second["headers"]["webhook-id"])
            self.assertEqual(first["body"], second["body"])
        await_that(lambda: not any(hook["waiting"] for hook in self.site.ask("webhook list")), "nothing waits", 20)

    def test_what_was_committed_by_a_command_while_no_daemon_ran_is_told_at_the_start(self):
        self.kill()
        self.ask()
        self.site.start()
        self.server.await_states("/alice", ["asked"])

    def test_a_server_that_is_down_for_a_moment_is_told_when_it_is_back(self):
        port = self.server.port
        self.server.close()
        self.ask()
        await_that(lambda: all(hook["failing_since"] for hook in self.site.ask("webhook list")), "they fail", 20)
        self.server = HookServer(port)
        self.server.await_states("/alice", ["asked"])
        await_that(lambda: not any(hook["failing_since"] for hook in self.site.ask("webhook list")), "they work", 20)

    def test_410_turns_it_off(self):
        self.server.status = 410
        self.ask()
        await_that(lambda: all(hook["turned_off_at"] for hook in self.site.ask("webhook list")), "they are off", 20)
        self.server.status = 204
        self.decide("decline")
        self.site.await_state("declined")
        self.assertEqual(self.server.states("/christine"), ["asked"])

    def test_a_silent_server_does_not_hold_up_the_end(self):
        self.server.is_silent.set()
        self.ask()
        await_that(lambda: len(self.server.got) == 3, "all three are being told", 20)
        self.assertEqual(self.site.stop(within=8), 0)


if __name__ == "__main__":
    binary = sys.argv.pop(1)
    unittest.main()
