#!/usr/bin/env python3
"""Writing a notice: rendered and composed, how fast, against whom. Usage: compose.py BUILD

One request to a connector, a mail of 10 KB, and the same with a pitch of ten and of a hundred times the length. Ours and the peers in turn, medians of CPU time.
Exits 1 where a goal is missed.
"""
import pathlib
import subprocess
import sys

from goals import GROWTH, finish, judge, medians, microseconds, peer_of, run_google_bench

HERE = pathlib.Path(__file__).parent
ROUNDS = 3
USUAL, SMALL, LARGE = "1", "10", "100"  # pitches in a request
GOALS = {"MailComposer": 30, "handlebars": 1.5}
OURS = {"MailComposer": "compose", "GMime": "compose", "mimetic": "compose", "handlebars": "html"}
MEANING = {"notice": "rendered and composed", "render": "rendered: subject, text, HTML", "html": "rendered: the HTML alone",
           "compose": "composed"}


def measure(build, words):
    times = {}
    for row in run_google_bench(build / "tests/bench/bench_compose", ".", build / "compose.json"):
        times[tuple(row["name"].split("/"))] = microseconds(row)
        times["size", *row["name"].split("/")] = row["size"]
    modules = {"TERTIUS_BENCH_MODULES": str(build.resolve())}
    if (build / "node_modules/nodemailer").exists():
        times["compose", "MailComposer", USUAL] = peer_of(["node", HERE / "peers/mail_composer.cjs", words / "mail.json"],
                                                          **modules)
    if (build / "node_modules/handlebars").exists():
        times["html", "handlebars", USUAL] = peer_of(
            ["node", HERE / "peers/handlebars.cjs", words / "request.html", words / "fields.json"], **modules)
    return times


def show_ours(median):
    for what, meaning in MEANING.items():
        usual, small, large = ((median[what, "Tertius", size], median["size", what, "Tertius", size])
                               for size in (USUAL, SMALL, LARGE))
        # The frame around the words costs next to nothing for its size, so what is compared is the pitch alone.
        growth = (large[0] - usual[0]) / (large[1] - usual[1]) / ((small[0] - usual[0]) / (small[1] - usual[1]))
        print(f"  {meaning:30} {usual[0]:6.1f} us of {usual[1] / 1000:4.1f} KB; {small[0]:6.1f} of {small[1] / 1000:4.1f}, "
              f"{large[0]:6.1f} of {large[1] / 1000:5.1f}: the cost of an octet more {growth:5.2f} x" +
              judge(growth <= GROWTH, f"{what} grows"))


def show_peers(median):
    for peer, what in OURS.items():
        if (what, peer, USUAL) not in median:
            continue
        ratio = median[what, peer, USUAL] / median[what, "Tertius", USUAL]
        goal = GOALS.get(peer, 0)
        print(f"  {MEANING[what]:30} {peer:13} {median[what, peer, USUAL]:7.1f} us {ratio:7.2f} x" +
              (f", the goal is {goal}" if goal else "") + judge(ratio >= goal, f"{goal} x {peer}"))


def main(build):
    words = build / "notice"
    subprocess.run([build / "tests/bench/bench_compose", "--write", words], check=True)
    median = medians([measure(build, words) for _ in range(ROUNDS)])
    print("a request to a connector, CPU")
    show_ours(median)
    show_peers(median)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
