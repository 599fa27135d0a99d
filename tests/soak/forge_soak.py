#!/usr/bin/env python3
"""Forged tokens: a million in the process, ten thousand over the wire. Usage: forge_soak.py BUILD [--small]

In the process soak_forge tries guesses, flipped bits, cut ones, other keys. Over the wire they go to RCPT TO over LMTP and to
the pages of decisions, confirmations and stops, of which each has to say what it says of a token that never was; then a key
is rotated and forgotten, and what it signed has to be dead. None may be accepted, and the time of the answer must not tell
how much of a token was right.
"""
import random
import subprocess
import sys
import time

from soak_site import SoakSite, arguments, await_that, folder
from table import Table, percentile

from clicks import Browser
from lmtp import LmtpClient
from pouring import Relay
from tokens import Key, signing_key

IN_PROCESS, ON_THE_WIRE = 1_000_000, 10_000
PAGES = ("d/{}/forward", "d/{}/decline", "confirm/{}", "stop/{}", "held/{}", "i/{}", "undo/{}")
TOLD_APART = 1.1  # of the medians, over the loopback; a page's own time varies by more from one minute to the next
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def changed(token, place):
    return token[:place] + random.choice(ALPHABET.replace(token[place], "")) + token[place + 1:]


class Forger:
    """`good` are tokens of introductions that there are."""

    def __init__(self, key, good):
        self.key, self.good = key, good
        self.stranger = Key(f"{key.id} {'ab' * 32}")

    def forge(self):
        """A kind and a token."""
        token = random.choice(self.good)
        return random.choice((
            ("guess", "".join(random.choice(ALPHABET) for _ in token)),
            ("first of the MAC", changed(token, 19)), ("last of the MAC", changed(token, len(token) - 2)),
            ("body", changed(token, random.randrange(18))), ("cut", token[:random.randrange(1, len(token))]),
            ("longer", token + random.choice(ALPHABET)),
            ("stranger", self.stranger.token(random.getrandbits(62), "connector", random.choice(("decision", "reply", "stop"))))))


def apart(times):
    """How far the medians of the two kinds that a leak would tell apart are from one another."""
    early, late = (percentile(times[kind], 50) for kind in ("first of the MAC", "last of the MAC"))
    return max(early, late) / min(early, late)


def run_in_process(options, table):
    count = int(IN_PROCESS * options.scale)
    done = subprocess.run([options.build / "tests/soak/soak_forge", str(count)], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    for line in lines[:-1]:
        table.figure("  " + line[:32].strip(), line[32:].strip())
    table.bar(f"{count} in the process: none accepted, time not told apart", lines[-1] if lines else done.stderr, done.returncode == 0)


def refused_at(client, recipient):
    """The answer, and its time. Whoever has been refused often is hung up on."""
    while True:
        try:
            client.connect()
            begin = time.monotonic()
            return client.deliver("mallory@else.example", recipient, b"Subject: x\r\n\r\nForward\r\n"), time.monotonic() - begin
        except ConnectionError:
            client.close()


def run_rcpt(table, site, forger, count):
    client, accepted, times = LmtpClient([site.lmtp]), [], {}
    for _ in range(count):
        kind, token = forger.forge()
        code, took = refused_at(client, f"{random.choice(('intro', 'b'))}+{token}@intro.test")
        times.setdefault(kind, []).append(took)
        if code != 550:
            accepted.append((code, token))
    client.close()
    table.bar(f"{count} at RCPT TO: none accepted, time not told apart", f"{len(accepted)} accepted {accepted[:1] or ''}, medians "
              f"{apart(times):.2f} x apart", not accepted and apart(times) <= TOLD_APART)


def run_pages(table, site, forger, count):
    """GET and POST; each page's answer is compared with what it says of a token of the right form that never was."""
    browser, odd, times = Browser([site]), [], {}
    nobody = {page: browser.ask("GET", "/" + page.format("a" * 37)) for page in PAGES}
    for number in range(count):
        (kind, token), page = forger.forge(), random.choice(PAGES)
        browser.network = f"198.51.{number % 250}.{number // 250 % 250}"  # guesses have a limit
        begin = time.monotonic()
        status, body = browser.ask("GET", "/" + page.format(token))
        if page == PAGES[0]:
            times.setdefault(kind, []).append(time.monotonic() - begin)
        if (status, body) != nobody[page]:
            odd.append((page, kind, status))
        if number % 10 == 0 and browser.ask("POST", f"/d/{token}", {"action": "forward", "nonce": "1-x-y-1"})[0] not in (404, 410, 429):
            odd.append((page, kind, "POST"))
    browser.close()
    table.bar(f"{count} at the pages: each as unknown as any, time not told apart", f"{len(odd)} odd {odd[:1] or ''}, medians "
              f"{apart(times):.2f} x apart", not odd and apart(times) <= TOLD_APART)


def run_rotation(table, site, subjects):
    """Old links live while their key is kept, and die with it."""
    old = signing_key(site.folder / "link.key")

    def answers(key):
        token, client = key.token(subjects[0], "connector", "reply"), LmtpClient([site.lmtp])
        code = client.deliver("mallory@else.example", f"intro+{token}@intro.test", b"From: mallory@else.example\r\n\r\nForward\r\n")
        client.close()
        return code, Browser([site]).ask("GET", f"/d/{key.token(subjects[0], 'connector', 'decision')}/forward")[0]
    said = [answers(old)]
    for command in (("rotate",), ("forget", str(old.id))):
        site.run("key " + command[0], *command[1:])
        reload(site)
        said.append(answers(old))
    said.append(answers(signing_key(site.folder / "link.key")))
    states = {row[0] for row in site.query("SELECT state FROM introductions")}
    table.bar("a key: in use, rotated, forgotten; the new one", str(said), said == [(250, 200), (250, 200), (550, 404), (250, 200)])
    table.bar("no introduction has moved", str(states), states == {"asked"})


def reload(site):
    before = site.log().count("event=reload")
    site.daemon.send_signal(1)
    await_that(lambda: site.log().count("event=reload") > before, "the keys are read again")


def main():
    options = arguments(__doc__)
    random.seed(20260309)
    table, relay = Table("forge"), Relay()
    run_in_process(options, table)
    with folder("forge") as place:
        site = SoakSite(options.build, place, relay.port, "", "info")
        site.run("member add", "somebody@rowan.example", "--name", "Some Body")  # the link key is made
        subprocess.run([options.build / "tests/soak/soak_asked", site.config, "100"], check=True)
        site.start()
        try:
            site.await_quiet()
            subjects = [row[0] for row in site.query("SELECT id FROM introductions")]
            key = signing_key(place / "link.key")
            forger = Forger(key, [key.token(subject, "connector", use) for subject in subjects for use in ("decision", "reply")])
            run_rcpt(table, site, forger, int(ON_THE_WIRE * options.scale))
            run_pages(table, site, forger, int(ON_THE_WIRE * options.scale))
            run_rotation(table, site, subjects)
        finally:
            site.stop()
            relay.close()
    return table.end()


if __name__ == "__main__":
    sys.exit(main())
