#!/usr/bin/env python3
"""No secret in the log. Usage: secrets_soak.py BUILD [--small]

A daemon at debug level, and one at info, live through letters, clicks, sign-ins, API calls, webhooks, a linked address book,
a relay with a password and one with OAuth2, refusals that say addresses and tokens back, and a rotated key. Then the whole of
both logs is searched for every secret, token and nonce, for the words of every letter, and
for every address.
"""
import base64
import email
import email.policy
import http.server
import json
import random
import re
import sys
import threading
import urllib.parse
from email.utils import parseaddr

from soak_site import SoakSite, arguments, await_that, folder, free_port
from hook_server import HookServer
from letters import link_in, letter, reply
from table import Table

from clicks import NONCE, Browser
from lmtp import LmtpClient
from pouring import Relay, RelaySession

ALICE, CHRISTINE, GAIL, MALLORY = (f"{name}@canary.example" for name in ("alice", "christine", "gail", "mallory"))
PASSWORD, WRONG_PASSWORD, BOOK_PASSWORD = "smtp-pass-Quagga71", "smtp-wrong-Okapi72", "dav-pass-Tapir73"
CLIENT_SECRET, REFRESH, ROTATED, ACCESS = "oauth-client-Dugong74", "refresh-Numbat75", "refresh-Quoll76", "access-Kudu77"
WORDS = {name: f"{name}{number}" for number, name in enumerate(("Aardvark", "Bandicoot", "Cassowary", "Dormouse", "Echidna", "Fennec",
                                                                "Gerenuk", "Hoopoe", "Ibex", "Jerboa", "Kinkajou", "Loris"), 1800)}
TOKEN = re.compile(rb"[+/.]([a-z2-7]{37})\b")


class SecretRelay(Relay):
    """Wants a login, and says back what it was told."""

    def __init__(self):
        self.mails, self.logins, self.senders, self.refuse = [], [], [], None
        super().__init__(SecretSession)

    def keep(self, mail):
        super().keep(mail)
        self.mails.append(mail)

    def to(self, address, words):
        """The newest mail to them with these words in it, parsed."""
        def found():
            for raw in reversed(list(self.mails)):
                mail = email.message_from_bytes(raw, policy=email.policy.default)
                if address in str(mail["To"]) and words in mail.get_body(("plain",)).get_content():
                    return mail
            return None
        return await_that(found, lambda: f"a mail to {address} with {words!r}; there are {len(self.mails)}")


class SecretSession(RelaySession):
    sender = b""

    def take(self, verb, line):
        if verb == b"EHLO":
            self.say(b"250-relay.test\r\n250-PIPELINING\r\n250 AUTH PLAIN XOAUTH2 OAUTHBEARER")
            return True
        if verb == b"AUTH":
            return self.log_in(line)
        if verb == b"MAIL":
            self.sender = line.split(b"<")[1].split(b">")[0]
            self.server.senders.append(self.sender)
        if verb == b"RCPT" and self.server.refuse:
            # As Postfix does, with the addresses in its words.
            self.say(b"%s <%s>: rejected, from <%s>" % (self.server.refuse, line.split(b"<")[1].split(b">")[0], self.sender))
            return True
        return super().take(verb, line)

    def log_in(self, line):
        words = line.split()
        if len(words) < 3:
            self.say(b"334 ")
            words.append(self.rfile.readline().strip())
        said = base64.b64decode(words[2])
        self.server.logins.append(said)
        good = PASSWORD.encode() in said or ACCESS.encode() in said
        # Some servers say back what was wrong.
        self.say(b"235 2.7.0 welcome" if good else b"535 5.7.8 bad credentials")
        return True


class TokenServer(http.server.ThreadingHTTPServer):
    """OAuth2's token endpoint, which rotates the refresh token."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), TokenTalk)
        self.port, self.asked = self.server_address[1], 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class TokenTalk(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        # The first is refused, in words that say the secret back.
        good = self.server.asked > 1
        body = {"access_token": ACCESS, "expires_in": 3600, "refresh_token": ROTATED} if good else \
            {"error": "temporarily_unavailable", "error_description": f"{REFRESH} of {ALICE} is busy"}
        octets = json.dumps(body).encode()
        self.send_response(200 if good else 503)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


class Life:
    """What a daemon lives through, and every secret that it met."""

    def __init__(self, options, place, level):
        self.relay, self.hooks, self.tokens = SecretRelay(), HookServer(), TokenServer()
        self.secrets = {PASSWORD, WRONG_PASSWORD, BOOK_PASSWORD, CLIENT_SECRET, REFRESH, ROTATED, ACCESS}
        (place / "smtp").write_text(WRONG_PASSWORD + "\n")
        (place / "client").write_text(CLIENT_SECRET + "\n")
        (place / "refresh").write_text(REFRESH + "\n")
        self.site = SoakSite(options.build, place, self.relay.port, '[contacts]\nallow_private_address_books = true\n', level)
        self.site.configure("[hold]", f'user = "intro"\npassword_file = "{place}/smtp"\n[hold]')
        self.site.configure("[web]", "[web]\nallow_private_webhooks = true")
        self.site.configure('domain = "intro.test"', f'domain = "intro.test"\noperator = "{ALICE}"')

    def run(self, name, *arguments, **more):
        return self.site.run(name, *arguments, **more).stdout.decode()

    def live(self):
        self.people()
        self.site.start()
        self.await_a_refused_login()
        request = self.ask()
        self.answers(request)
        self.click(request)
        self.sign_in()
        self.programs()
        self.linked_book()
        self.refusals()
        self.rotate()
        self.site.stop()
        self.oauth()

    def people(self):
        self.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.run("member add", GAIL, "--name", "Gail Goodman", "--organisation", "Constant Contact")
        ties = f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n{CHRISTINE},{GAIL},0.8\n{ALICE},{CHRISTINE},0.8\n"
        self.run("import", "--format", "ties", "-", given=ties.encode())

    def await_a_refused_login(self):
        self.letter(MALLORY, "intro@intro.test", WORDS["Aardvark"], WORDS["Bandicoot"])
        await_that(lambda: self.relay.logins, "the relay refuses a login")
        (self.site.folder / "smtp").write_text(PASSWORD + "\n")
        self.reload()

    def reload(self):
        self.site.daemon.send_signal(1)
        await_that(lambda: "event=reload" in self.site.log(), "it is read again")

    def letter(self, sender, recipient, subject, words, **headers):
        self.hand_in(sender, recipient, letter(sender, recipient, subject, words, **headers))

    def hand_in(self, sender, recipient, mail):
        client = LmtpClient([self.site.lmtp])
        code = client.deliver(parseaddr(sender)[1], parseaddr(recipient)[1], mail.as_bytes(policy=email.policy.SMTP))
        client.close()
        assert code == 250, f"a letter to {recipient} is answered {code}"

    def ask(self):
        pitch = (f"Hello Gail,\n\nI am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops, "
                 f"{WORDS['Cassowary']} among them. You run partnerships at Constant Contact, and your programme is the one our "
                 "customers ask us about.\n\n"
                 "Could we talk for 20 minutes on the phone in the next two weeks about what makes a good partner for you?\n\nAlice\n")
        note = f"Hi Christine, we spoke about {WORDS['Dormouse']} in spring. It is fine to say no.\n\nThank you, Alice\n"
        self.letter(f"Alice Chen <{ALICE}>", "intro@intro.test", "Gail Goodman, Constant Contact", note + "\n---\n\n" + pitch,
                    Cc=CHRISTINE)
        self.press(link_in(self.relay.to(ALICE, "/confirm/"), "/confirm/"))
        return self.relay.to(CHRISTINE, "/forward")

    def press(self, url):
        """As a person does; the form's secrets are kept."""
        self.site.press(url)
        self.secrets |= {nonce for _, fields in self.site.forms(url) for nonce in [fields.get("nonce")] if nonce}

    def answers(self, request):
        """Unclear, a stranger's, a machine's: each has words of its own, which go back into outcomes and notices."""
        for sender, words in ((CHRISTINE, f"Hm, {WORDS['Echidna']}, who is this again?"), (MALLORY, f"Forward {WORDS['Fennec']}")):
            self.hand_in(sender, str(request["Reply-To"]), reply(request, sender, words))
        self.letter(CHRISTINE, str(request["Reply-To"]), f"Automatic reply: {WORDS['Gerenuk']}", WORDS["Hoopoe"],
                    Auto_Submitted="auto-replied")
        self.run("inject", "--recipient", "intro@intro.test", "--sender", MALLORY,
                 given=f"From: {MALLORY}\r\nSubject: {WORDS['Ibex']}\r\n\r\n{WORDS['Jerboa']}\r\n".encode())

    def click(self, request):
        browser = Browser([self.site])
        token = re.search(r"/d/([a-z2-7]{37})/forward", request.get_body(("plain",)).get_content())[1]
        form = browser.open(token, "forward")
        self.secrets.add(form["nonce"])
        browser.press(token, form | {"note": WORDS["Kinkajou"]})
        browser.press(token, form | {"nonce": form["nonce"][:-1] + "9"})
        browser.ask("GET", f"/d/{token[:-3]}aaa/forward")
        browser.close()

    def sign_in(self):
        browser = Browser([self.site])
        _, page = browser.ask("GET", "/sign-in")
        browser.ask("POST", "/sign-in", {"nonce": NONCE.search(page)[1], "address": ALICE})
        url = link_in(self.relay.to(ALICE, "/sign-in/"), "/sign-in/")
        path = urllib.parse.urlparse(url).path
        self.secrets.add(path.rsplit("/", 1)[1])
        _, page = browser.ask("GET", path)
        body = urllib.parse.urlencode({"nonce": NONCE.search(page)[1]})
        browser.connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.url})
        answer = browser.connection.getresponse()
        answer.read()
        cookies = answer.headers.get_all("Set-Cookie") or []
        assert cookies, f"signing in gives a cookie, not {answer.status}"
        self.secrets |= {value for cookie in cookies for value in [cookie.split(";")[0].split("=", 1)[1]] if len(value) > 8}
        browser.close()

    def programs(self):
        secret = self.run("token add", "--person", ALICE, "--scope", "find,introductions:read", "--name", "soak").strip()
        hook = self.run("webhook add", self.hooks.url("/hook"))
        self.secrets |= {secret, *re.findall(r"whsec_\S+", hook)}
        assert len([one for one in self.secrets if one.startswith(("tertius_", "whsec_"))]) == 2, "a token and a webhook are made"
        self.hooks.status = 500
        browser = Browser([self.site])
        for word in (secret, secret[:-1] + "x"):
            browser.ask("GET", "/api/v1/find?target=" + urllib.parse.quote(f"Gail Goodman, {WORDS['Loris']}"),
                        Authorization=f"Bearer {word}")
            browser.ask("POST", "/api/v1/introductions", {"target": GAIL}, Authorization=f"Bearer {word}")
        browser.ask("POST", "/inbound", {"token": secret})
        browser.close()

    def linked_book(self):
        (self.site.folder / "book").write_text(BOOK_PASSWORD + "\n")
        self.run("carddav add", ALICE, f"http://127.0.0.1:{free_port()}/dav/", "--user", ALICE, "--password-file",
                 str(self.site.folder / "book"))

    def refusals(self):
        """For now and for good; both say addresses and envelope senders, which have tokens in them."""
        for number, words in enumerate((b"450 4.2.1", b"550 5.7.1", b"550 5.1.1")):
            self.relay.refuse, address = words, f"stranger{number}@canary.example"
            self.letter(address, "intro@intro.test", "hello", "Who are you?")
            await_that(lambda: self.site.query("SELECT 1 FROM outbox WHERE recipient = ? AND last_reply <> ''", address),
                       f"{words} is met")
        self.relay.refuse = None

    def rotate(self):
        self.keys()
        self.run("key rotate")
        self.keys()
        self.reload()

    def keys(self):
        self.secrets |= {line.split()[1] for line in (self.site.folder / "link.key").read_text().splitlines()}

    def oauth(self):
        """Another life, with tokens instead of a password."""
        self.site.configure(f'password_file = "{self.site.folder}/smtp"', "")
        with self.site.config.open("a") as config:
            config.write(f'[oauth]\ntoken_url = "http://127.0.0.1:{self.tokens.port}/token"\nclient_id = "soak"\n'
                         f'client_secret_file = "{self.site.folder}/client"\nrefresh_token_file = "{self.site.folder}/refresh"\n')
        self.site.start()
        self.letter("oauth@canary.example", "intro@intro.test", "hello", "Who are you?")
        await_that(lambda: any(ACCESS.encode() in login for login in self.relay.logins), "the relay sees an access token", 90)
        self.site.stop()

    def close(self):
        self.site.stop()
        self.relay.close()
        self.hooks.close()

    def tokens_in_mails(self):
        written = [mail.replace(b"=\r\n", b"") for mail in self.relay.mails] + self.relay.senders
        return {found.decode() for octets in written for found in TOKEN.findall(octets)}

    def addresses(self):
        return {ALICE, CHRISTINE, GAIL, MALLORY} | {f"stranger{n}@canary.example" for n in range(3)} | {"oauth@canary.example"}

    def everything_said(self):
        return (self.site.folder / "daemon.log").read_bytes()


def forms(secret):
    """As it is, as a header or a URL would have it, and by half: who logs the first twenty octets has logged it."""
    octets = secret.encode()
    half = octets[:len(octets) // 2 + 1] if len(octets) > 30 else octets
    return {half, octets, base64.b64encode(octets).rstrip(b"="), urllib.parse.quote(secret, safe="").encode()}


def found_in(text, secrets):
    return sorted(secret for secret in secrets if any(form in text for form in forms(secret)))


def judge(table, level, life):
    text = life.everything_said()
    lines = text.count(b"\n")
    secrets, tokens = life.secrets, life.tokens_in_mails()
    assert len(tokens) > 10, "mails have tokens"
    table.figure(f"{level}: what was logged", f"{lines} lines")
    for what, which in (("secret", secrets), ("token of a link or an address", tokens),
                        ("word of a letter, a note, a subject", WORDS.values()), ("address", life.addresses())):
        found = found_in(text, which)
        table.bar(f"{level}: no {what}", f"{len(found)} of {len(which)} {found[:2] or ''}", not found)
    for line in text.splitlines():
        if any(form in line for which in (secrets, tokens, WORDS.values(), life.addresses()) for one in which for form in forms(one)):
            print("    " + line.decode(errors="replace")[:300], file=sys.stderr)


def main():
    options = arguments(__doc__)
    random.seed(20260309)
    table = Table("secrets")
    for level in ("debug", "info"):
        with folder(f"secrets-{level}") as place:
            life = Life(options, place, level)
            try:
                life.live()
                judge(table, level, life)
            finally:
                life.close()
    return table.end()


if __name__ == "__main__":
    sys.exit(main())
