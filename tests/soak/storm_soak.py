#!/usr/bin/env python3
"""50,000 letters over 32 connections, and 20,000 clicks meanwhile. Usage: storm_soak.py BUILD [--small]

50,000 connectors have been asked. Of the letters, 24,000 are answers that forward or decline; the others are answers of
machines, bounces, strangers' answers to somebody else's request, unclear ones, advertisements, rubbish, and letters that
come again. Another 20,000 connectors answer by a click (GET, then POST), some twice. Each introduction gets one decision at
most, and it is known which. Then: every letter answered 250 is stored exactly once with an outcome, every introduction
stands where it has to with its own person's words, every mail has gone out exactly once, and memory is flat.
"""
import collections
import hashlib
import multiprocessing
import random
import subprocess
import sys
import threading
import time

from soak_site import SOURCE, SoakSite, arguments, await_that, folder
from table import Table, percentile

import letters_in
from asked import index, open_request
from clicks import PAGE_OF_A_DECISION, Browser
from lmtp import LmtpClient

CONNECTIONS, PROCESSES = 32, 4
BROWSERS, CLICKERS = 8, 2

# A letter that were kept, or one row of a table for it, is some kilobytes; a token some fifty octets and the node that holds
# it. The allocator's own noise is up to two megabytes, whatever the number.
OCTETS_A_LETTER, NOISE_MB = 100, 2

KINDS = {  # of letters, and whose requests they are about
    "forward": 12_000, "decline": 12_000, "bounced": 3_000, "unclear": 1_000,  # each of an introduction of its own
    "away": 10_000, "delayed": 1_000, "stranger": 2_000,                       # of anybody's
    "advertisement": 5_000, "rubbish": 1_000,                                  # of nobody's
}
AGAIN = 3_000  # letters that come a second time, octet for octet
CLICKS = {"click forward": 10_000, "click decline": 10_000}
ONLY_MACHINES = 2_000  # whose connectors say nothing at all
OWN = ("forward", "decline", "bounced", "unclear", "click forward", "click decline", "silent")
STATES = {"forward": "forwarded", "decline": "declined", "bounced": "expired", "unclear": "asked", "silent": "asked",
          "click forward": "forwarded", "click decline": "declined"}

Letter = collections.namedtuple("Letter", "kind key asked")


class Sink:
    def __init__(self, folder):
        self.folder = folder
        command = [sys.executable, SOURCE / "tests/soak/sink.py", folder, "Introduce "]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def flush(self):
        self.process.stdin.write("flush\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def ids(self):
        self.flush()
        return collections.Counter(line.split()[0].decode() for line in open(self.folder / "ids", "rb"))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Plan:
    """Who does what: introductions by what becomes of them, and the letters in the order of their coming."""

    def __init__(self, asked, scale):
        def scaled(number):
            return round(number * scale)
        random.Random(7).shuffle(asked)
        left, self.groups = iter(asked), {}
        for kind in OWN:
            count = scaled(KINDS.get(kind) or CLICKS.get(kind) or ONLY_MACHINES)
            self.groups[kind] = [next(left) for _ in range(count)]
        letters = [Letter(kind, f"{kind}-{n}", one) for kind in ("forward", "decline", "bounced", "unclear")
                   for n, one in enumerate(self.groups[kind])]
        anybody = self.groups["forward"] + self.groups["click decline"] + self.groups["silent"]
        letters += [Letter(kind, f"{kind}-{n}", random.choice(anybody)) for kind in ("away", "delayed", "stranger")
                    for n in range(scaled(KINDS[kind]))]
        letters += [Letter(kind, f"{kind}-{n}", None) for kind in ("advertisement", "rubbish") for n in range(scaled(KINDS[kind]))]
        self.different = len(letters)
        letters += random.sample(letters, scaled(AGAIN))
        random.shuffle(letters)
        self.letters = letters

    def clicks(self):
        out = [(kind, one) for kind in CLICKS for one in self.groups[kind]]
        random.shuffle(out)
        return out


def written(letter, mails):
    """Its envelope and octets; the same each time it is asked for."""
    random.seed(letter.key)
    key, asked = letter.key, letter.asked
    if letter.kind == "advertisement":
        return "offers@spam.example", "intro@intro.test", letters_in.advertisement(key)
    if letter.kind == "rubbish":
        return "", "intro@intro.test", letters_in.rubbish(key)
    if letter.kind == "bounced":
        return "", asked.bounces, letters_in.report(key, asked, "failed", "5.1.1")
    if letter.kind == "delayed":
        return "", asked.bounces, letters_in.report(key, asked, "delayed", "4.4.1")
    request = open_request(mails, asked)
    if letter.kind == "away":
        return random.choice(("", asked.address)), request.reply_to, letters_in.away(key, asked.address, request)
    if letter.kind == "stranger":
        return "mallory@else.example", request.reply_to, letters_in.of_a_stranger(key, request)
    return asked.address, request.reply_to, getattr(letters_in, letter.kind)(key, asked.address, request)


def hand_in(port, path, letters, answered, results):
    """A process of its own: its letters over its share of the connections."""
    taken, refused, again, lock = [], [], [0], threading.Lock()
    todo = iter(letters)

    def connection():
        client = LmtpClient(port)
        with open(path, "rb") as mails:
            while True:
                with lock:  # random's seed is everybody's
                    letter = next(todo, None)
                    if letter is None:
                        return client.close()
                    sender, recipient, octets = written(letter, mails)
                code, times = client.deliver_at_last(sender, recipient, octets)
                with lock, answered.get_lock():
                    answered.value += 1
                    again[0] += times
                    (taken if code == 250 else refused).append((hashlib.sha256(octets).hexdigest(), code, letter.kind))
    threads = [threading.Thread(target=connection) for _ in range(CONNECTIONS // PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((taken, refused, again[0]))


def click(site, path, clicks, results):
    """A process of its own: opens each link and presses, every twentieth twice."""
    times, failed, lock, todo = [], [], threading.Lock(), iter(enumerate(clicks))

    def person(number):
        with open(path, "rb") as mails:
            browser = Browser(site, f"192.0.2.{number}")
            while True:
                with lock:
                    n, (kind, asked) = next(todo, (None, (None, None)))
                if n is None:
                    return browser.close()
                token, action = open_request(mails, asked).token, kind.split()[1]
                try:
                    form = browser.open(token, action)
                    begin = time.monotonic()
                    statuses = [browser.press(token, form) for _ in range(2 if n % 20 == 0 else 1)]
                    times.append(time.monotonic() - begin)
                    good = set(statuses) == {PAGE_OF_A_DECISION}
                except (OSError, AssertionError) as e:
                    good, statuses = False, str(e)
                if not good:
                    failed.append((asked.address, kind, statuses))
    threads = [threading.Thread(target=person, args=(n + 1,)) for n in range(BROWSERS // CLICKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((times, failed))


def shares(everything, count):
    return [everything[i::count] for i in range(count)]


class Storm:
    def __init__(self, site, sink, plan):
        self.site, self.plan, self.path = site, plan, sink.folder / "mails"
        self.answered, self.letters, self.clicks = multiprocessing.Value("i", 0), multiprocessing.Queue(), multiprocessing.Queue()
        self.rss = {}

    def watch(self):
        """Memory when a quarter, a half and all of the letters are in."""
        for percent in (25, 50, 100):
            goal = len(self.plan.letters) * percent // 100
            await_that(lambda: self.answered.value >= goal or not self.site.is_alive(), f"{percent} % of the letters", 3000)
            self.rss[percent] = (self.site.rss_mb(), self.answered.value)

    def run(self):
        processes = [multiprocessing.Process(target=hand_in, args=(self.site.lmtp, self.path, share, self.answered, self.letters))
                     for share in shares(self.plan.letters, PROCESSES)]
        processes += [multiprocessing.Process(target=click, args=(self.site, self.path, share, self.clicks))
                      for share in shares(self.plan.clicks(), CLICKERS)]
        begin = time.monotonic()
        for process in processes:
            process.start()
        self.watch()
        self.seconds = time.monotonic() - begin
        handed = [self.letters.get() for _ in range(PROCESSES)]
        clicked = [self.clicks.get() for _ in range(CLICKERS)]
        for process in processes:
            process.join()
        self.taken, self.refused = [sum((part[i] for part in handed), []) for i in (0, 1)]
        self.again = sum(part[2] for part in handed)
        self.times, self.failed = [sum((part[i] for part in clicked), []) for i in (0, 1)]


def judge_letters(table, storm):
    stored = storm.site.query("SELECT sha256, outcome FROM letters")
    counts = collections.Counter(row[0] for row in stored)
    taken = {row[0] for row in storm.taken}
    wrong = {"lost": len(taken - set(counts)), "stored twice": sum(count > 1 for count in counts.values()),
             "never sent": len(set(counts) - taken), "without outcome": sum(not row[1] for row in stored)}
    table.bar("letters answered 250", f"{len(storm.taken)} of {len(storm.plan.letters)} ({storm.again} tries again)",
              len(storm.taken) == len(storm.plan.letters))
    table.bar("... each stored once with an outcome", f"{len(stored)} of {storm.plan.different}, wrong {sum(wrong.values())} {wrong}",
              len(stored) == storm.plan.different and not any(wrong.values()))


INTRODUCTIONS = """SELECT LOWER(people.address), introductions.state, introductions.endorsement, asks.decision,
  (SELECT COUNT(*) FROM history WHERE history.introduction = introductions.id
   AND trigger IN ('forward', 'decline', 'decline_silently', 'bounce', 'expire', 'withdraw', 'redirect', 'revise', 'snooze'))
  FROM introductions JOIN asks ON asks.introduction = introductions.id JOIN people ON people.id = asks.connector"""


def expected(kind, number):
    decision = kind.split()[-1] if kind.split()[-1] in ("forward", "decline") else None
    endorsement = letters_in.note_of(f"forward-{number}") if kind == "forward" else ""
    return STATES[kind], endorsement, decision, 0 if STATES[kind] == "asked" else 1


def judge_decisions(table, storm):
    found = collections.defaultdict(list)
    for address, *row in storm.site.query(INTRODUCTIONS):
        found[address].append(tuple(row))
    wrong = collections.Counter()
    for kind, group in storm.plan.groups.items():
        for number, asked in enumerate(group):
            if found[asked.address] != [expected(kind, number)]:
                wrong[kind] += 1
                if wrong[kind] == 1:
                    print(f"{kind}: {asked.address} is {found[asked.address]}, not {expected(kind, number)}", file=sys.stderr)
    every = sum(map(len, storm.plan.groups.values()))
    table.bar("decisions right, one each, with their own words", f"{every - sum(wrong.values())} of {every} introductions "
              f"{dict(wrong) or ''}", not wrong)
    table.bar("clicks answered", f"{len(storm.times) - len(storm.failed)} of {len(storm.plan.clicks())}, POST p50 "
              f"{percentile(storm.times, 50) * 1000:.0f} ms, p99 {percentile(storm.times, 99) * 1000:.0f} ms", not storm.failed)


def judge_mails(table, storm, sink):
    rows = storm.site.query("SELECT message_id, state, recipient FROM outbox")
    seen = sink.ids()
    sent = [row[0] for row in rows if row[1] == "sent"]
    waiting = sum(row[1] in ("due", "claimed") for row in rows)
    twice, never = sum(seen[one] > 1 for one in sent), sum(seen[one] == 0 for one in sent)
    strangers = len(set(seen) - set(sent))
    dead = {asked.address for asked in storm.plan.groups["bounced"]}
    failed = sum(row[1] == "failed" and row[2].lower() not in dead for row in rows)
    table.bar("mails sent once each", f"{len(sent)}; twice {twice}, never {never}, waiting {waiting}, failed {failed}, "
              f"without a row {strangers}", not (twice or never or waiting or failed or strangers))


def judge_memory(table, storm):
    table.figure("RSS at 25, 50, 100 % of the letters", ", ".join(f"{storm.rss[p][0]:.1f} MB" for p in (25, 50, 100)))
    (half, first), (whole, last) = storm.rss[50], storm.rss[100]
    growth = (whole - half) * 1e6 / max(last - first, 1)
    table.bar(f"memory flat: from 50 to 100 %, at most {OCTETS_A_LETTER} octets a letter or {NOISE_MB} MB",
              f"{growth:.0f} octets a letter", growth <= OCTETS_A_LETTER or whole - half <= NOISE_MB)


def seed(options, site, introductions):
    site.run("member add", "somebody@rowan.example", "--name", "Some Body")  # the link key is made
    subprocess.run([options.build / "tests/soak/soak_asked", site.config, str(introductions)], check=True)


def main():
    options = arguments(__doc__)
    random.seed(20260309)
    introductions = round(sum(KINDS.get(kind) or CLICKS.get(kind) or ONLY_MACHINES for kind in OWN) * options.scale)
    with folder("storm") as place:
        sink = Sink(place)
        site = SoakSite(options.build, place, sink.port)
        try:
            return run(options, site, sink, introductions)
        finally:
            site.stop()
            sink.close()


def run(options, site, sink, introductions):
    print(f"{introductions} requests are made and mailed", file=sys.stderr, flush=True)
    seed(options, site, introductions)
    site.start()
    site.await_quiet(1200)
    sink.flush()
    asked = index(sink.folder / "mails")
    assert len(asked) == introductions, f"{len(asked)} requests were mailed of {introductions}"
    table = Table("storm")
    storm = Storm(site, sink, Plan(asked, options.scale))
    storm.run()
    table.figure("letters a second, with the clicks", f"{len(storm.plan.letters) / storm.seconds:.0f}")
    site.await_quiet(1200)
    judge_letters(table, storm)
    judge_decisions(table, storm)
    judge_mails(table, storm, sink)
    judge_memory(table, storm)
    return table.end()


if __name__ == "__main__":
    sys.exit(main())
