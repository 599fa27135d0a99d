#!/usr/bin/env python3
"""A million members, 20 million ties, 100,000 open introductions in SQLite. Usage: load_soak.py BUILD [--small]

The open introductions are made by the program's own engine, the other people and ties by bulk SQL. How long the daemon takes
to be ready from a cold disk, in how much memory; then who can introduce whom (GET /api/v1/find) and deciding (POST of a
decision page), beside a second daemon on a database with nothing but the introductions that are measured, one request here,
one there.
"""
import hashlib
import os
import random
import subprocess
import sys
import time
import urllib.parse

from soak_site import SoakSite, arguments, await_that, folder
from supervisor import Supervisor
from table import Table, percentile

from clicks import PAGE_OF_A_DECISION, Browser
from people_fill import asked_for, fill
from tokens import signing_key

MEMBERS, TIES, OPEN = 1_000_000, 20_000_000, 100_000
READY_SECONDS, RSS_MB, OF_EMPTY, SEARCH_MS = 20, 2_000, 3, 30
MEASURED = 1_000  # of each kind, on each database
WARM = 50


class Loaded(SoakSite):
    """What is measured there: decisions that wait, and who asks for whom."""

    def fill(self, build, introductions, members, ties):
        self.run("member add", "somebody@rowan.example", "--name", "Some Body")  # the link key is made
        subprocess.run([build / "tests/soak/soak_asked", self.config, str(introductions)], check=True)
        counts = fill(self.database, members, ties, MEASURED + WARM)
        self.asked = [row[0] for row in self.query("SELECT id FROM introductions ORDER BY id LIMIT ?", MEASURED + WARM)]
        self.askers, wanted = zip(*map(asked_for, range(MEASURED + WARM)))
        self.wanted = [self.query("SELECT name || ', ' || organisation FROM people WHERE id = ?", one)[0][0] for one in wanted]
        self.key = signing_key(self.folder / "link.key")
        self.give_tokens()
        return counts

    def give_tokens(self):
        """As `tertius token add` does, one for each who asks: a token may ask twice a second and no more."""
        def secret(person):
            return f"tertius_soak{person}"
        rows = [(person, hashlib.sha256(secret(person).encode()).hexdigest()) for person in self.askers]
        for person, key in rows:
            self.change("INSERT INTO api_tokens (id, secret_hash, person, name, scopes, created_at) VALUES (?1, ?2, ?1, 'soak', "
                        "'find', 1)", person, key)
            # ... and signed in, for the pages.
            self.change("INSERT INTO browsers (key_hash, person, name, created_at, seen_at, expires_at, signed_in_until, "
                        "pending_visit) VALUES (?, ?, 'soak', 1, 1, 9999999999, 9999999999, '')", key, person)
        self.secrets = [secret(person) for person, _ in rows]

    def start_cold(self):
        """Seconds to READY; none of the database is in memory."""
        with open(self.database, "rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        self.supervisor, begin = Supervisor(self), time.monotonic()
        self.supervisor.start()
        self.daemon = self.supervisor.daemon
        return time.monotonic() - begin

    def await_network(self):
        """Seconds until the ties are in memory."""
        begin = time.monotonic()
        await_that(lambda: " network " in self.log() or "event=network" in self.log(), "the network is read", 600)
        return time.monotonic() - begin

    def most_memory(self):
        with open(f"/proc/{self.daemon.pid}/status") as status:
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1000

    def time_find(self, browser, number):
        """Seconds, and whether somebody was found."""
        path = "/api/v1/find?target=" + urllib.parse.quote(self.wanted[number])
        begin = time.monotonic()
        status, body = browser.ask("GET", path, Authorization=f"Bearer {self.secrets[number]}")
        took = time.monotonic() - begin
        return took, status == 200 and '"handle"' in body or f"{status} {body[:200]}"

    def time_search(self, browser, number):
        """As somebody types: the beginning of a name, ever more of it, then with a slip of the finger."""
        name = self.wanted[number].split(",")[0]
        typed = (name[:2], name[:4], name, name[:3] + name[4:])[number % 4]
        begin = time.monotonic()
        status, page = browser.ask("GET", "/people?q=" + urllib.parse.quote(typed), Cookie=f"tertius={self.secrets[number]}")
        took = time.monotonic() - begin
        return took, status == 200 and 'href="/settings"' in page or f"{status} {page[:200]}"

    def time_decision(self, browser, number):
        token, action = self.key.token(self.asked[number], "connector", "decision"), ("forward", "decline")[number % 2]
        form = browser.open(token, action)
        begin = time.monotonic()
        status = browser.press(token, form)
        return time.monotonic() - begin, status == PAGE_OF_A_DECISION or status


def compare(table, sites, what, count, measure):
    """One here, one there; how they go is drawn anew each time."""
    times, wrong = {site: [] for site in sites}, []
    browsers = {site: Browser([site]) for site in sites}
    for number in range(count + WARM):
        for site in random.sample(sites, len(sites)):
            took, good = measure(site, browsers[site], number)
            if good is not True:
                wrong.append(good)
            if number >= WARM:
                times[site].append(took)
    large, empty = (times[site] for site in sites)
    for percent in (50, 99):
        here, there = percentile(large, percent), percentile(empty, percent)
        table.bar(f"{what}, p{percent}: at most {OF_EMPTY} x an empty database", f"{here * 1000:.2f} ms of {there * 1000:.2f}: "
                  f"{here / there:.2f} x", here <= OF_EMPTY * there)
    table.bar(f"{what}: each answered as it should be", f"{2 * (count + WARM) - len(wrong)} of {2 * (count + WARM)} {wrong[:1] or ''}",
              not wrong)


def search(table, site):
    """At this size alone: the goal is a time."""
    browser, answers = Browser([site]), []
    for number in range(MEASURED + WARM):
        answers.append(site.time_search(browser, number))
    times = [took for took, _ in answers[WARM:]]
    wrong = [good for _, good in answers if good is not True]
    table.figure("search as you type, p50", f"{percentile(times, 50) * 1000:.2f} ms")
    table.bar(f"search as you type, p99: at most {SEARCH_MS} ms", f"{percentile(times, 99) * 1000:.2f} ms",
              percentile(times, 99) * 1000 <= SEARCH_MS)
    table.bar("search as you type: each answered", f"{len(answers) - len(wrong)} of {len(answers)} {wrong[:1] or ''}", not wrong)


def main():
    options = arguments(__doc__)
    random.seed(20260309)
    table = Table("load")
    with folder("load") as place:
        sites = []
        for name in ("large", "empty"):
            (place / name).mkdir()
            # Held for a day: nothing but the decisions is written while they are measured. Nor is any mail sent.
            sites.append(Loaded(options.build, place / name, 1, "", "info"))
            sites[-1].configure("= 2\n", "= 86400\n")
        large, empty = sites
        counts = large.fill(options.build, int(OPEN * options.scale), int(MEMBERS * options.scale), int(TIES * options.scale))
        empty.fill(options.build, MEASURED + WARM, 0, 0)
        table.figure("filled", f"{counts['members']} members, {counts['people']} people, {counts['ties']} ties, {counts['open']} open, "
                     f"{large.database.stat().st_size / 1e9:.1f} GB, in {counts['seconds']:.0f} s and what its introductions took")
        try:
            measure(table, large, empty)
        finally:
            for site in sites:
                site.supervisor.close()
    return table.end()


def measure(table, large, empty):
    ready = large.start_cold()
    table.bar(f"start to ready, cold disk: under {READY_SECONDS} s", f"{ready:.2f} s", ready < READY_SECONDS)
    network = large.await_network()
    table.figure("... and to the ties in memory", f"{ready + network:.1f} s")
    empty.start_cold()
    empty.await_network()
    compare(table, [large, empty], "find", MEASURED, Loaded.time_find)
    search(table, large)
    compare(table, [large, empty], "decide", MEASURED, Loaded.time_decision)
    table.bar(f"RSS: under {RSS_MB} MB at any time", f"{large.rss_mb():.0f} MB, at most {large.most_memory():.0f}",
              large.most_memory() < RSS_MB)


if __name__ == "__main__":
    sys.exit(main())
