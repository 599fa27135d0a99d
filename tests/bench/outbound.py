#!/usr/bin/env python3
"""The way out: durable rows -> mails taken by a relay. Usage: outbound.py BUILD [--notices N]

Request notices in SQLite (WAL, synchronous=FULL) go through the daemon's own loop to Postfix's smtp-sink; smtp-source
sends one of them again and again, nodemailer composes and sends without storing anything. Ours and the peers in turn,
medians. Then a relay that takes 100 ms to accept, while a page of the same process is fetched. With --notices only
ours, and whether its memory stays flat. Exits 1 where a goal is missed.
"""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time

from goals import GROWTH, finish, judge, measured, medians

HERE = pathlib.Path(__file__).parent
ROUNDS = 3
NOTICES, CONNECTIONS = 20_000, 8
NODEMAILER_MAILS = 3_000
OF_NODEMAILER, OF_SMTP_SOURCE, CPU_OF_SMTP_SOURCE, RSS_MB = 8, 0.6, 3, 64
SLOW_NOTICES, SLOW_CONNECTIONS, DELAY = 6_000, 32, 0.1
OF_SLOW, PAGE_P99_MS = 0.85, 20
FLAT = 1.1


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def smtp_sink():
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen(["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{port}", "128"], stderr=subprocess.DEVNULL)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.02)
        yield port
    finally:
        sink.kill()
        sink.wait()


@contextlib.contextmanager
def slow_sink():
    command = [sys.executable, HERE / "peers/slow_sink.py", str(DELAY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sink:
        try:
            yield int(sink.stdout.readline())
        finally:
            sink.stdin.close()


class Bench:
    def __init__(self, build, folder):
        self.build, self.folder, self.program = build, folder, build / "tests/bench/bench_outbound"

    def seed(self, count):
        """A file of so many due notices, made once and copied for each run."""
        file = self.folder / f"{count}.db"
        if not file.exists():
            subprocess.run([self.program, "seed", file, str(count)], check=True)
        return file

    @contextlib.contextmanager
    def sending(self, count, port, connections, *more):
        file = self.folder / "run.db"
        shutil.copy(self.seed(count), file)
        with open(self.folder / "daemon.log", "w") as log:
            command = [self.program, "send", file, str(count), str(port), str(connections), *more]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
                yield process.stdout
        file.unlink()

    def send(self, count, port):
        with self.sending(count, port, CONNECTIONS) as out:
            return json.loads(out.readline())


def check(run, count):
    judge(run["failed"] == 0, f"{run['failed']} of {count} were not taken")
    return {"rate": count / run["seconds"], "cpu": run["cpu"] / count * 1e6, **dict(enumerate(run["rss"]))}


def peer_row(run, count):
    return {"rate": count / run["seconds"], "cpu": run["cpu"] / count * 1e6}


def run_smtp_source(sample, port):
    return measured(["/usr/sbin/smtp-source", "-d", "-s", str(CONNECTIONS), "-m", str(NOTICES), "-F", sample, "-f",
                     "b@intro.rowan.example", "-t", "c@rowan.example", f"127.0.0.1:{port}"])


def run_nodemailer(build, words, port):
    command = ["node", HERE / "peers/nodemailer_pool.cjs", str(port), str(NODEMAILER_MAILS), str(CONNECTIONS),
               words / "mail.json"]
    run = subprocess.run(command, env={**os.environ, "TERTIUS_BENCH_MODULES": str(build.resolve())}, check=True,
                         capture_output=True, text=True)
    return json.loads(run.stdout)


def show(name, row):
    memory = [f"{row[i] / 1e6:.0f}" for i in range(3) if i in row]
    print(f"  {name:34} {row['rate']:7.0f}/s {row['cpu']:6.0f} us CPU" + (f"   RSS {', '.join(memory)} MB" if memory else ""))


def show_fast(bench):
    words, sample = bench.folder / "words", bench.folder / "sample.eml"
    subprocess.run([bench.build / "tests/bench/bench_compose", "--write", words], check=True)
    bench.seed(NOTICES)
    subprocess.run([bench.program, "sample", bench.folder / f"{NOTICES}.db", sample], check=True)
    sample.write_bytes(sample.read_bytes().replace(b"\r\n", b"\n"))  # smtp-source ends the lines itself
    rows = {"ours": [], "few": [], "smtp-source": [], "nodemailer": []}
    with smtp_sink() as port:
        for _ in range(ROUNDS):
            rows["few"].append(check(bench.send(NOTICES // 10, port), NOTICES // 10))
            rows["ours"].append(check(bench.send(NOTICES, port), NOTICES))
            rows["smtp-source"].append(peer_row(run_smtp_source(sample, port), NOTICES))
            if (bench.build / "node_modules/nodemailer").exists():
                rows["nodemailer"].append(peer_row(run_nodemailer(bench.build, words, port), NODEMAILER_MAILS))
    median = {name: medians(all_) for name, all_ in rows.items() if all_}
    ours, source = median["ours"], median["smtp-source"]
    print(f"{NOTICES} notices of {sample.stat().st_size / 1000:.1f} KB, {CONNECTIONS} connections, to smtp-sink")
    show("Tertius", ours)
    show(f"Tertius, {NOTICES // 10} notices", median["few"])
    for peer in ("smtp-source", "nodemailer"):
        if peer in median:
            show(peer, median[peer])
    growth = ours["cpu"] / median["few"]["cpu"]
    print(f"  the cost of a mail grows {growth:.2f} x" + judge(growth <= GROWTH, "the cost of a mail grows"))
    compare("smtp-source", ours["rate"] / source["rate"], OF_SMTP_SOURCE)
    cpu = ours["cpu"] / source["cpu"]
    print(f"  {cpu:.2f} x the CPU of smtp-source, the goal is at most {CPU_OF_SMTP_SOURCE}" +
          judge(cpu <= CPU_OF_SMTP_SOURCE, f"at most {CPU_OF_SMTP_SOURCE} x its CPU"))
    if "nodemailer" in median:
        compare("nodemailer", ours["rate"] / median["nodemailer"]["rate"], OF_NODEMAILER)
    judge(ours[2] <= RSS_MB * 1e6, f"{RSS_MB} MB")


def compare(peer, ratio, goal):
    print(f"  {ratio:.2f} x {peer}, the goal is {goal}" + judge(ratio >= goal, f"{goal} x {peer}"))


def fetch(port, path, times, ended):
    """A visitor who fetches the page again and again, with a breath between."""
    client = http.client.HTTPConnection("127.0.0.1", port)
    with contextlib.suppress(OSError, http.client.HTTPException):
        while not ended.is_set():
            begin = time.monotonic()
            client.request("GET", path)
            response = client.getresponse()
            response.read()
            if response.status != 200:
                judge(False, f"the page answers {response.status}")
            times.append(time.monotonic() - begin)
            time.sleep(0.01)


def show_slow(bench):
    times, ended = [], threading.Event()
    with slow_sink() as port, bench.sending(SLOW_NOTICES, port, SLOW_CONNECTIONS, "web") as out:
        web_port, path = out.readline().split()
        visitor = threading.Thread(target=fetch, args=(int(web_port), path, times, ended))
        visitor.start()
        row = check(json.loads(out.readline()), SLOW_NOTICES)
        ended.set()
        visitor.join()
    bound = SLOW_CONNECTIONS / DELAY
    p99 = sorted(times)[len(times) * 99 // 100] * 1000
    print(f"{SLOW_NOTICES} notices, {SLOW_CONNECTIONS} connections, to a relay that takes {DELAY * 1000:.0f} ms to accept")
    show("Tertius", row)
    print(f"  {row['rate'] / bound:.3f} of what is possible ({bound:.0f}/s), the goal is {OF_SLOW}" +
          judge(row["rate"] >= OF_SLOW * bound, f"{OF_SLOW} of what is possible"))
    print(f"  a page meanwhile ({len(times)} times): p50 {sorted(times)[len(times) // 2] * 1000:.1f} ms, p99 {p99:.1f} ms"
          f", the goal is {PAGE_P99_MS} ms" + judge(p99 < PAGE_P99_MS, f"a page within {PAGE_P99_MS} ms"))


def show_memory(bench, count):
    with smtp_sink() as port:
        row = check(bench.send(count, port), count)
    print(f"{count} notices, {CONNECTIONS} connections, to smtp-sink; RSS at the 1,000th, 10,000th and last")
    show("Tertius", row)
    growth = row[2] / row[0]
    print(f"  memory from the first to the last: {growth:.2f} x" + judge(growth <= FLAT, "memory grows"))


def main(build, *options):
    folder = build / "outbound"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    bench = Bench(build, folder)
    if "--notices" in options:
        show_memory(bench, int(options[options.index("--notices") + 1]))
    else:
        show_fast(bench)
        show_slow(bench)
    shutil.rmtree(folder)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), *sys.argv[2:])
