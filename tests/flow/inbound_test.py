"""Letters as providers post them to /inbound: the real daemon, an introduction, tokens that may not, lengths, and a busy database.

python3 inbound_test.py TERTIUS [unittest's arguments]
"""
import base64
import email.policy
import http.client
import json
import pathlib
import socket
import sqlite3
import sys
import tempfile
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from letters import CONNECTIONS_CSV, GAIL_VCF, letter, link_in, new_request, reply
from mail_sink import MailSink
from postfix_site import free_port
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL, INTRO = "alice@example.test", "christine@example.test", "gail@example.test", "intro@intro.test"
LONGEST = 25_000_000
URLENCODED = "application/x-www-form-urlencoded"
binary = ""


def octets(mail):
    return mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP)


def multipart(fields):
    """As Mailgun and SendGrid write it; its body and its type."""
    parts = [b'--xYzZY\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
             for name, value in fields.items()]
    return b"".join(parts) + b"--xYzZY--\r\n", "multipart/form-data; boundary=xYzZY"


def mailgun(mail, sender, recipient):
    return {"recipient": recipient.encode(), "sender": sender.encode(), "subject": b"Hello", "body-mime": octets(mail),
            "timestamp": b"1796000000", "token": b"0123", "signature": b"4567"}


def sendgrid(mail, sender, *recipients):
    return {"email": octets(mail), "envelope": json.dumps({"to": recipients, "from": sender}).encode(), "SPF": b"pass",
            "charsets": b'{"to":"UTF-8"}'}


class InboundTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay = pathlib.Path(folder.name), MailSink()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        text = self.site.config.read_text()
        self.site.config.write_text(text.replace("[broker]\n", '[broker]\ntrusted_authserv_id = "mx.intro.test"\n'))
        self.settle()
        self.token = self.make_token("inbound")
        self.site.start()
        self.addCleanup(self.site.stop)

    def settle(self):
        """Christine knows Alice and Gail."""
        self.site.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.site.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=CHRISTINE).encode())
        (self.folder / "gail.vcf").write_text(GAIL_VCF)
        self.site.run("import", "--member", CHRISTINE, str(self.folder / "gail.vcf"))
        knows = f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n"
        self.site.run("import", "--format", "ties", "-", given=knows.encode())

    def make_token(self, scopes):
        made = self.site.run("token add", "--person", CHRISTINE, "--scope", scopes, "--name", "test")
        return made.stdout.decode().strip()

    def post(self, body, kind, path="/inbound", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.site.web, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind, **headers}
        connection.request("POST", path, body, {name: value for name, value in headers.items() if value})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers

    def post_raw(self, mail, sender, recipient, **headers):
        query = urllib.parse.urlencode({"to": recipient, "from": sender})
        return self.post(octets(mail), "message/rfc822", "/inbound?" + query, **headers)

    def expect(self, status, answer):
        self.assertEqual(answer[0], status, f"{answer[1]}\n{self.site.log()}")
        return answer

    def subjects(self):
        return [one["subject"] for one in self.site.ask("letters")]

    def test_an_introduction_takes_its_way_through_providers(self):
        self.expect(200, self.post(*multipart(mailgun(new_request(CHRISTINE), ALICE, INTRO)), path="/inbound/mime"))
        self.site.press(link_in(self.relay.await_mail(ALICE, "/confirm/"), "/confirm/"))
        request = self.relay.await_mail(CHRISTINE, "/forward")
        forward = reply(request, CHRISTINE, "forward")
        result = f"mx.intro.test; dmarc=pass header.from={CHRISTINE.split('@')[1]}"
        forward["Authentication-Results"] = result
        self.expect(200, self.post_raw(forward, CHRISTINE, request["Reply-To"].split("<")[-1].strip(">")))
        self.site.await_letter("forward")
        pitch = self.relay.await_mail(GAIL, "/accept")
        accept = reply(pitch, GAIL, "accept")
        fields = sendgrid(accept, GAIL, pitch["Reply-To"].split("<")[-1].strip(">"), "else@elsewhere.test")
        answer = self.expect(200, self.post(urllib.parse.urlencode(fields), URLENCODED))
        self.assertEqual(json.loads(answer[1]), {"taken": 1})

    def test_results_count_in_a_raw_letter_and_in_no_form(self):
        proven = new_request(CHRISTINE)
        proven["Authentication-Results"] = "mx.intro.test; dmarc=pass header.from=example.test"
        self.expect(200, self.post(*multipart(mailgun(proven, ALICE, INTRO))))
        self.relay.await_mail(ALICE, "/confirm/")
        self.assertEqual(self.site.introduction()["state"], "drafted")
        again = new_request(CHRISTINE)
        again["Authentication-Results"] = "mx.intro.test; dmarc=pass header.from=example.test"
        self.expect(200, self.post_raw(again, ALICE, INTRO))
        self.relay.await_mail(CHRISTINE, "/forward")

    def test_the_same_letter_is_taken_once_and_said_twice(self):
        mail = letter("carol@example.test", INTRO, "Twice", "Hello")
        for answer in [self.post(*multipart(mailgun(mail, "carol@example.test", INTRO))),
                       self.post(*multipart(sendgrid(mail, "carol@example.test", INTRO, INTRO))),
                       self.post_raw(mail, "carol@example.test", INTRO)]:
            self.expect(200, answer)
        self.assertEqual(self.subjects(), ["Twice"])

    def test_a_sender_longer_than_it_may_be_is_taken(self):
        mail = letter("carol@example.test", INTRO, "Odd", "Hello")
        for sender in ["x" * 80 + "@example.test", "name.@example.test"]:
            self.expect(200, self.post(*multipart(mailgun(mail, sender, INTRO))))
            self.expect(200, self.post_raw(mail, sender, INTRO))
        self.expect(503, self.post(*multipart(mailgun(mail, "no address", INTRO))))
        self.assertEqual(self.subjects(), ["Odd"])

    def test_who_may_not_is_refused_before_a_long_letter_is_sent(self):
        mail = letter("carol@example.test", INTRO, "Never", "Hello")
        other = self.make_token("find,operator")
        for status, header in [(401, ""), (401, "Bearer tertius_wrong"), (403, f"Bearer {other}"),
                               (403, "Basic " + base64.b64encode(f"x:{other}".encode()).decode())]:
            self.expect(status, self.post_raw(mail, "carol@example.test", INTRO, Authorization=header))
            with socket.create_connection(("127.0.0.1", self.site.web), 20) as waiting:
                waiting.sendall(f"POST /inbound HTTP/1.1\r\nHost: x\r\nContent-Length: {LONGEST}\r\n"
                                f"Authorization: {header}\r\n\r\n".encode())
                self.assertTrue(waiting.recv(100).startswith(b"HTTP/1.1 %d " % status), header)
        self.assertEqual(self.subjects(), [])

    def test_a_revoked_token_ends_and_one_in_the_url_works(self):
        mail = letter("carol@example.test", INTRO, "Hello", "Hello")
        basic = "Basic " + base64.b64encode(f"tertius:{self.token}".encode()).decode()
        self.expect(200, self.post_raw(mail, "carol@example.test", INTRO, Authorization=basic))
        self.site.run("token revoke", self.site.ask("token list")[0]["id"])
        self.expect(401, self.post_raw(mail, "carol@example.test", INTRO, Authorization=basic))

    def test_strangers_and_forged_tokens_are_not_for_us(self):
        mail = letter("carol@example.test", INTRO, "Never", "Hello")
        for recipient in ["carol@example.test", "intro+abcdefgh@intro.test", "b+abcdefgh@intro.test", "nobody@intro.test"]:
            self.expect(406, self.post_raw(mail, "carol@example.test", recipient))
            self.expect(406, self.post(*multipart(mailgun(mail, "carol@example.test", recipient))))
        self.assertEqual(self.subjects(), [])

    def test_a_letter_may_be_as_long_as_over_lmtp_and_no_longer(self):
        head = b"From: carol@example.test\r\nTo: intro@intro.test\r\nSubject: Long\r\n\r\n"
        line = b"x" * 78 + b"\r\n"
        longest = head + line * ((LONGEST - len(head)) // len(line))
        longest += b"x" * (LONGEST - len(longest))
        self.expect(200, self.post_raw(longest, "carol@example.test", INTRO))
        form = sendgrid(longest.replace(b"Long", b"Form"), "carol@example.test", INTRO)
        self.expect(200, self.post(*multipart(form)))
        self.expect(413, self.post_raw(longest + b"x", "carol@example.test", INTRO))
        with socket.create_connection(("127.0.0.1", self.site.web), 20) as waiting:
            waiting.sendall(f"POST /inbound HTTP/1.1\r\nHost: x\r\nContent-Length: 32000001\r\n"
                            f"Authorization: Bearer {self.token}\r\n\r\n".encode())
            self.assertTrue(waiting.recv(100).startswith(b"HTTP/1.1 413 "))
        self.assertEqual(sorted(self.subjects()), ["Form", "Long"])

    def test_a_form_without_a_letter_comes_again_and_the_log_says_why(self):
        fields = mailgun(b"", "carol@example.test", INTRO)
        del fields["body-mime"]
        _, _, headers = self.expect(503, self.post(*multipart(fields)))
        self.assertEqual(headers["Retry-After"], "60")
        self.assertIn("end the route's URL in /inbound/mime", self.site.log())
        self.assertNotIn("carol", self.site.log())
        self.assertNotIn(self.token, self.site.log())

    def test_a_busy_database_takes_nothing_and_says_so(self):
        mail = letter("carol@example.test", INTRO, "Later", "Hello")
        other = sqlite3.connect(self.folder / "tertius.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        _, _, headers = self.expect(503, self.post_raw(mail, "carol@example.test", INTRO))
        self.assertEqual(headers["Retry-After"], "60")
        other.execute("ROLLBACK")
        self.expect(200, self.post_raw(mail, "carol@example.test", INTRO))
        self.assertEqual(self.subjects(), ["Later"])


if __name__ == "__main__":
    binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
