#!/usr/bin/env python3
"""Reading letters: how fast, in how much memory, against whom. Usage: read.py BUILD [--letters DIR]

BUILD holds the benches (and node_modules/mailparser, where that could be had). With --letters every .eml below DIR
is read too. All ratios are of this one run, ours and the peers in turn, medians of CPU time. Exits 1 where a goal is
missed.
"""
import os
import pathlib
import subprocess
import sys

from goals import GROWTH, finish, judge, medians, microseconds, peer_of, run_google_bench

HERE = pathlib.Path(__file__).parent
ROUNDS = 3
SLOWEST_MS = 50
LETTERS_PER_SECOND = 3000
GOALS = {"GMime": 1.5, "mailparser": 15}
GOAL_LETTER = {"GMime": "plain reply", "mailparser": "Gmail reply"}


def run_bench(build, filter_, **environment):
    return run_google_bench(build / "tests/bench/bench_read", filter_, build / "read.json", **environment)


def show_letters(build):
    print("to its meaning, CPU: at a tenth of the size, at the size, growth of the cost of an octet")
    rows = run_bench(build, "^(reply|body|header)/")
    for small, large in zip(rows[::2], rows[1::2]):
        group, name, _ = large["name"].split("/")
        growth = microseconds(large) / large["size"] / (microseconds(small) / small["size"])
        verdict = judge(microseconds(large) < SLOWEST_MS * 1000, f"{name} takes more than {SLOWEST_MS} ms")
        # A header is bounded at 128 KB; mimetic copies a long field each time that it grows.
        verdict += judge(growth <= GROWTH or group == "header", f"{name} grows")
        print(f"  {group:6} {name:22} {microseconds(small) / 1000:7.2f} ms {microseconds(large) / 1000:7.2f} ms "
              f"of {large['size'] / 1000:6.0f} KB {growth:6.2f}{verdict}")


def show_folder(build, folder):
    row, = run_bench(build, "^folder$", TERTIUS_BENCH_LETTERS=folder)
    rate, slowest = row["items_per_second"], row["slowest_ms"]
    print(f"{folder}: {rate:.0f} letters/s of one core" +
          judge(rate >= LETTERS_PER_SECOND, f"{LETTERS_PER_SECOND} letters/s"))
    print(f"  the slowest took {slowest:.1f} ms: {row['label']}")


def measure_peers(build, letters):
    """One round: microseconds by (letter, reader)."""
    times = {}
    for row in run_bench(build, "^peers/"):
        _, letter, reader = row["name"].split("/")
        times[letter, reader] = microseconds(row)
    for letter in ("plain reply", "Gmail reply"):
        file = letters / f"{letter}.eml"
        times[letter, "Python email"] = peer_of([sys.executable, HERE / "peers/python_email.py", file])
        if (build / "node_modules/mailparser").exists():
            times[letter, "mailparser"] = peer_of(["node", HERE / "peers/mailparser.cjs", file],
                                                  TERTIUS_BENCH_MODULES=str(build.resolve()))
    return times


def show_peers(build):
    letters = build / "letters"
    subprocess.run([build / "tests/bench/bench_read", "--write", letters], check=True)
    median = medians([measure_peers(build, letters) for _ in range(ROUNDS)])
    print("one reply of 20 KB to its text, CPU (only Tertius makes text of the HTML part as well)")
    for (letter, reader), time in sorted(median.items()):
        ratio = time / median[letter, "Tertius"]
        goal = GOALS.get(reader) if GOAL_LETTER.get(reader) == letter else None
        verdict = judge(goal is None or ratio >= goal, f"{goal} x {reader}")
        print(f"  {letter:12} {reader:13} {time:7.0f} us" + (f" {ratio:6.2f} x" if reader != "Tertius" else "") +
              (f", the goal is {goal}" if goal else "") + verdict)


def main(build, *options):
    folder = options[options.index("--letters") + 1] if "--letters" in options else ""
    show_letters(build)
    if folder:
        show_folder(build, folder)
    environment = {**os.environ, **({"TERTIUS_BENCH_LETTERS": folder} if folder else {})}
    memory = subprocess.run([build / "tests/bench/bench_read_memory"], env=environment, check=False)
    judge(memory.returncode == 0, "memory")
    show_peers(build)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), *sys.argv[2:])
