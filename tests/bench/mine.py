#!/usr/bin/env python3
"""Evidence from one's own mailbox: tertius mine-mail over a made-up Maildir and an mbox file. Usage: mine.py BUILD

100,000 letters of about 12 KB from 2,000 people, a third of them lists', and a tenth of that. The peer reads the same
headers with Python's mailbox and email. Ours and the peer in turn, medians. Exits 1 where a goal is missed.
"""
import pathlib
import random
import sys
import tempfile

from goals import GROWTH, finish, judge, measured, medians

PYTHON = "/usr/bin/python3"
LETTERS, ROUNDS, GOAL_SECONDS = 100_000, 3, 20
ME = "alice@example.org"
PEER = """
import mailbox, sys
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
counts = {}
for message in mailbox.mbox(sys.argv[1], factory=BytesHeaderParser().parse):
    if message["List-Id"]:
        continue
    sent = parsedate_to_datetime(message["Date"])
    for name, address in getaddresses([message["From"] or "", message["To"] or ""]):
        counts[address] = counts.get(address, 0) + 1
"""


def letter(number, chance):
    who = f"person{int(chance.paretovariate(0.7)) % 2_000}@x{number % 97}.example"
    sender, to = (ME, who) if chance.random() < 0.4 else (who, ME)
    listed = "List-Id: <all.example.org>\n" if chance.random() < 0.33 else ""
    header = "".join(f"Received: from a{i}.example by b{i}.example with ESMTPS id {chance.random()};\n"
                     f"\tMon, {1 + i} Jun 2026 10:0{i}:00 +0200 (CEST)\n" for i in range(8))
    return (f"Return-Path: <{sender}>\n{header}{listed}From: \"Somebody\" <{sender}>\nTo: Another <{to}>\n"
            f"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= {number}\nMessage-ID: <{number}@example.org>\n"
            f"Date: Mon, {1 + number % 28} Jun {2016 + number % 11} 10:00:00 +0200 (CEST)\n\n" + "All the best. " * 700 + "\n")


def make(folder, count):
    chance = random.Random(1)
    for name in ("cur", "new", "tmp"):
        (folder / f"maildir{count}" / name).mkdir(parents=True)
    with open(folder / f"mbox{count}", "w") as mbox:
        for number in range(count):
            text = letter(number, chance)
            mbox.write(f"From x@example.org Mon Jun  1 10:00:00 2026\n{text}\n")
            (folder / f"maildir{count}/cur/{number}:2,S").write_text(text)


def seconds(command):
    return measured(command)["seconds"]


def main():
    build = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rounds = []
        for count in (LETTERS // 10, LETTERS):
            make(folder, count)
        (folder / "peer.py").write_text(PEER)
        for _ in range(ROUNDS):
            times = {(kind, count): seconds([build / "tertius", "mine-mail", folder / f"{kind}{count}", "--me", ME])
                     for kind in ("mbox", "maildir") for count in (LETTERS // 10, LETTERS)}
            times["peer"] = seconds([PYTHON, folder / "peer.py", folder / f"mbox{LETTERS // 10}"])
            rounds.append(times)
        median = medians(rounds)
        for kind in ("mbox", "maildir"):
            whole, tenth = median[kind, LETTERS], median[kind, LETTERS // 10]
            growth = whole / 10 / tenth
            print(f"{LETTERS:,} letters, {kind:8} {whole:6.1f} s, goal {GOAL_SECONDS} s"
                  f"{judge(whole <= GOAL_SECONDS, kind)}; per letter {growth:.2f} times a tenth's"
                  f"{judge(growth <= GROWTH, kind + ' growth')}")
        print(f"{LETTERS // 10:,} letters, mbox: Python's email {median['peer'] / median['mbox', LETTERS // 10]:.1f} times as long")
    finish()


if __name__ == "__main__":
    main()
