#!/usr/bin/env python3
"""The way in: letters over LMTP -> committed decisions. Usage: inbound.py BUILD

Answers of connectors ("Forward, gladly." above the quoted request) go into the daemon's service, and into a server in
Python (aiosmtpd, email, sqlite3); both commit each before they say 250, with synchronous=FULL. Ours and the peer in
turn, medians. Then 1,000 connections at once, each with a letter. Exits 1 where a goal is missed.
"""
import contextlib
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys

from goals import GROWTH, cpu_seconds, finish, judge, medians, resident_mb

HERE = pathlib.Path(__file__).parent
PYTHON = "/usr/bin/python3"  # Debian's, which has aiosmtpd
ROUNDS = 3
LETTERS, CONNECTIONS = 10_000, 20  # Postfix delivers to one LMTP server over 20 at most
PEER_LETTERS = 2_000
OF_PYTHON = 10
HELD = 1_000


class Bench:
    def __init__(self, build, folder):
        self.programs, self.folder = build / "tests/bench", folder

    def letters(self, count):
        file = self.folder / f"{count}.letters"
        if not file.exists():
            subprocess.run([self.programs / "bench_inbound", "seed", self.folder / f"{count}.db", str(count), file],
                           check=True)
        return file

    def deliver(self, port, count, connections, *more):
        command = [self.programs / "bench_deliver", str(port), self.letters(count), str(connections), *more]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    @contextlib.contextmanager
    def serving(self, count):
        self.letters(count)
        shutil.copy(self.folder / f"{count}.db", self.folder / "run.db")
        with open(self.folder / "daemon.log", "w") as log:
            command = [self.programs / "bench_inbound", "serve", self.folder / "run.db"]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
                try:
                    yield int(process.stdout.readline()), process.pid
                finally:
                    process.send_signal(signal.SIGTERM)

    def decisions(self):
        with contextlib.closing(sqlite3.connect(self.folder / "run.db")) as db:
            return db.execute("SELECT COUNT(*) FROM introductions WHERE held_decision = 'forward'").fetchone()[0]

    def run_ours(self, count):
        with self.serving(count) as (port, pid):
            before = cpu_seconds(pid)
            run = self.deliver(port, count, CONNECTIONS)
            used, memory = cpu_seconds(pid) - before, resident_mb(pid)
        judge(run["taken"] == self.decisions() == count, f"of {count} letters {self.decisions()} decisions")
        return {"rate": count / run["seconds"], "cpu": used / count * 1e6, "memory": memory}

    def run_python(self):
        database = self.folder / "peer.db"
        command = [PYTHON, HERE / "peers/lmtp_decisions.py", database, self.letters(PEER_LETTERS)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
            port = int(peer.stdout.readline())
            before = cpu_seconds(peer.pid)
            run = self.deliver(port, PEER_LETTERS, CONNECTIONS)
            used, memory = cpu_seconds(peer.pid) - before, resident_mb(peer.pid)
            peer.stdin.close()
            judge(int(peer.stdout.readline()) == PEER_LETTERS, "the peer has not decided all")
        for file in self.folder.glob("peer.db*"):
            file.unlink()
        return {"rate": PEER_LETTERS / run["seconds"], "cpu": used / PEER_LETTERS * 1e6, "memory": memory}


def show(name, row):
    print(f"  {name:34} {row['rate']:7.0f}/s {row['cpu']:6.0f} us CPU   RSS {row['memory']:.0f} MB")


def show_speed(bench):
    rounds = [(bench.run_ours(LETTERS // 10), bench.run_ours(LETTERS), bench.run_python()) for _ in range(ROUNDS)]
    few, ours, python = (medians([row[i] for row in rounds]) for i in range(3))
    print(f"{LETTERS} answers, {CONNECTIONS} connections, each committed before its 250")
    show("Tertius", ours)
    show(f"Tertius, {LETTERS // 10} answers", few)
    show("aiosmtpd, email, sqlite3", python)
    growth, ratio = ours["cpu"] / few["cpu"], ours["rate"] / python["rate"]
    print(f"  the cost of a letter grows {growth:.2f} x" + judge(growth <= GROWTH, "the cost of a letter grows"))
    print(f"  {ratio:.1f} x Python, the goal is {OF_PYTHON}" + judge(ratio >= OF_PYTHON, f"{OF_PYTHON} x Python"))


def show_held(bench):
    with bench.serving(LETTERS // 10) as (port, pid):
        run = bench.deliver(port, LETTERS // 10, HELD, "hold")
        memory = resident_mb(pid)
    decided = bench.decisions()
    print(f"{HELD} connections at once: {run['taken']} letters taken, {decided} decisions, in {run['seconds']:.2f} s"
          f"   RSS {memory:.0f} MB" + judge(run["taken"] == decided == HELD, f"{HELD} connections at once"))


def main(build):
    folder = build / "inbound"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    bench = Bench(build, folder)
    show_speed(bench)
    show_held(bench)
    shutil.rmtree(folder)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
