"""The daemon with one click policy, its mail in a sink, and as many requests as a test wants, each with a connector and a
target of its own. Holds are as long as they are in life, and are made to have passed in the database."""
import contextlib
import http.client
import pathlib
import re
import smtplib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "flow"))

from letters import COVER_NOTE, PITCH, letter, text_of
from mail_sink import MailSink
from postfix_site import await_that, free_port
from tertius_site import TertiusSite

ALICE = "alice@example.test"
SURNAMES = ("Abel Baker Carver Draper Ellis Fisher Glover Harper Irving Joyner Keller Lorimer Mason Napier Osborn Parker "
            "Quiller Ramsey Sawyer Tanner Usher Varley Webster Yates Zeller Archer Barker Cooper Dyer Eaton Fuller Garner "
            "Hooper Ingram Jagger Kemp Lister Miller Norris Oakes Piper Reeve Slater Turner Vintner Weaver").split()
LIMITS = "[limits]\nopen_per_requester = 1000\nopen_per_pair = 1000\nyearly_per_pair = 1000\npair_cooldown = 0\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{first} {last}\r\nORG:{org}\r\nEMAIL:{address}\r\nEND:VCARD\r\n"


class Request:
    """One request: whose it is to answer, their letter and its links."""

    def __init__(self, site, number, connector=None):
        last = SURNAMES[number]
        self.site, self.gail = site, f"gail.{last.lower()}@example.test"
        self.christine = connector or f"christine.{last.lower()}@example.test"
        self.letters = {}
        self.answerer, self.target = self.christine, f"Gail {last}, Constant Contact"

    def letter(self):
        """The one that asks; receipts come later."""
        if self.answerer not in self.letters:
            words = self.target.split(",")[0] if self.answerer == self.christine else "/accept"
            self.letters[self.answerer] = self.site.sink.await_mail(self.answerer, words)
        return self.letters[self.answerer]

    def links(self):
        """Those that answer, in the letter's order."""
        return list(dict.fromkeys(re.findall(rf"{self.site.url}/d/\w+/\w+", text_of(self.letter()))))

    def link(self, word):
        return next(link for link in self.links() if link.endswith("/" + word))

    def all_links(self):
        return sorted(set(re.findall(rf"{self.site.url}/[^\s\"<>]+", self.letter().as_string().replace("=\n", ""))))

    # ---- what the database says ----

    def row(self):
        found = self.site.query("SELECT i.* FROM introductions i JOIN addresses a ON a.person = i.target WHERE a.address = ?",
                                self.gail)
        return found[0]

    def state(self):
        return self.row()["state"]

    def held(self):
        return self.row()["held_decision"]

    def history(self):
        return [row["trigger"] for row in self.site.query("SELECT trigger FROM history WHERE introduction = ? ORDER BY position",
                                                          self.row()["id"])]

    def await_held(self, decision):
        await_that(lambda: self.held() == decision, lambda: f"{decision} is held: {dict(self.row())}", 15)

    def await_state(self, state):
        await_that(lambda: self.state() == state, lambda: f"{state}: {dict(self.row())}", 15)

    def let_hold_pass(self):
        self.site.change("UPDATE introductions SET held_effective_at = 1, deadline = 1 WHERE id = ? AND held_by IS NOT NULL",
                         self.row()["id"])


class DecisionSite:
    def __init__(self, binary, policy="one_click", requests=2, pairs=0, storage=None):
        self.closing = contextlib.ExitStack()
        self.folder = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="tertius-browser-"))
        self.policy, self.sink = policy, MailSink()
        self.closing.callback(self.sink.close)
        self.daemon = TertiusSite(binary, self.folder, self.sink.port, free_port(), storage)
        self.url = self.daemon.url
        config = self.daemon.config.read_text()
        config = re.sub(r"(bound_browser|unbound_browser|reply) = \d+\n", "", config).replace("[hold]\n", "[hold]\nreply = 0\n")
        self.daemon.config.write_text(config.replace("[lmtp]", f'click_policy = "{policy}"\n[lmtp]') + LIMITS)
        self.closing.callback(self.stop)
        self.add_people()
        # Before the daemon starts: of what another process has asked it hears only after seconds.
        self.requests = [self.request(number) for number in range(requests)]
        self.pairs = [self.request_pair(requests + 2 * number) for number in range(pairs)]
        self.daemon.start()

    def close(self):
        self.closing.close()

    def stop(self):
        if self.daemon.daemon:
            self.daemon.stop()

    def add_people(self):
        self.daemon.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        cards = ""
        for last in SURNAMES:
            for first, org in (("Christine", "Rowan Ventures"), ("Gail", "Constant Contact")):
                cards += CARD.format(first=first, last=last, org=org, address=f"{first}.{last}@example.test".lower())
        file = pathlib.Path(self.folder, "people.vcf")
        file.write_text(cards)
        self.daemon.run("import", "--member", ALICE, str(file))
        pathlib.Path(self.folder, "pitch").write_text(PITCH)
        pathlib.Path(self.folder, "note").write_text(COVER_NOTE)

    def request(self, number, connector=None):
        request = Request(self, number, connector)
        self.daemon.run("request", "--member", ALICE, "--target", request.target, "--connector", request.christine,
                        "--pitch", f"{self.folder}/pitch", "--cover-note", f"{self.folder}/note", "--send-anyway")
        return request

    def request_pair(self, number):
        """Two requests to one connector."""
        first = self.request(number)
        return first, self.request(number + 1, first.christine)

    def asked(self):
        """A new request, whose letter has come to its connector."""
        request = self.requests.pop()
        request.letter()
        return request

    def forwarded(self):
        """One that is with its target, by a mailed answer of its connector."""
        request = self.asked()
        mail = request.letter()
        answer = letter(request.christine, mail["Reply-To"], "Re: " + mail["Subject"], "forward\n",
                        In_Reply_To=mail["Message-ID"])
        with smtplib.LMTP("127.0.0.1", self.daemon.lmtp) as client:
            client.sendmail(request.christine, [mail["Reply-To"].rsplit("<", 1)[1].rstrip(">")], answer.as_bytes())
        request.answerer = request.gail
        request.letter()
        return request

    def kill(self):
        """As the power does."""
        self.daemon.daemon.kill()
        self.daemon.daemon.wait()
        self.daemon.daemon = None

    def fetch(self, connection, method, url):
        connection.request(method, url.removeprefix(self.url))
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.daemon.web, timeout=20)

    def query(self, sql, *arguments):
        return self.daemon.query(sql, *arguments)

    change = query
