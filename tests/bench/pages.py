#!/usr/bin/env python3
"""The pages: how many decision pages and how many decisions a second. Usage: pages.py BUILD

A decision page is fetched over 64 keep-alive connections, against nginx that serves the same octets from a file; then
presses of Forward, each another introduction's and committed (WAL, synchronous=FULL) before its answer, against our own
plain page and, where postgres.sh runs this, one-row commits of PostgreSQL from 16 clients. In turn, medians. Exits 1
where a goal is missed.
"""
import contextlib
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

from goals import cpu_seconds, finish, judge, medians, resident_mb

HERE = pathlib.Path(__file__).parent
ROUNDS, SECONDS, CONNECTIONS = 3, 4, 64
INTRODUCTIONS = 40_000
IDLE = 9_900  # of the 10,000 that the server takes
OF_NGINX, OF_PLAIN, OF_POSTGRES, POST_P99_MS = 0.6, 0.4, 1.5, 25
NGINX = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit; {user}
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000; server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wrk(url, **environment):
    """Requests a second, the 99th percentile in ms, and how many were no success."""
    script = ["-s", HERE / "posts.lua"] if environment else []
    out = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *script, url], check=True,
                         capture_output=True, text=True, env={**os.environ, **environment}).stdout
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]),
            "p99": float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit], "failed": int(failed[1]) if failed else 0}


@contextlib.contextmanager
def running(command, **more):
    with subprocess.Popen(command, **more) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


@contextlib.contextmanager
def nginx(folder, page):
    (folder / "www").mkdir(exist_ok=True)
    (folder / "www/page.html").write_bytes(page)
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder.resolve(), port=port, user=user))
    with running(["/usr/sbin/nginx", "-c", (folder / "nginx.conf").resolve()]):
        url = f"http://127.0.0.1:{port}/page.html"
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError), urllib.request.urlopen(url):
                break
        yield url


class Bench:
    def __init__(self, build, folder):
        self.program, self.folder = build / "tests/bench/bench_pages", folder
        self.posts = folder / "posts"
        subprocess.run([self.program, "seed", folder / "seed.db", str(INTRODUCTIONS), self.posts], check=True)

    @contextlib.contextmanager
    def serving(self):
        shutil.copy(self.folder / "seed.db", self.folder / "run.db")
        with open(self.folder / "daemon.log", "w") as log, \
                running([self.program, "serve", self.folder / "run.db"], stdout=subprocess.PIPE, stderr=log, text=True) as process:
            port, path = process.stdout.readline().split()
            yield f"http://127.0.0.1:{port}", path, process.pid

    def decisions(self):
        with contextlib.closing(sqlite3.connect(self.folder / "run.db")) as db:
            return db.execute("SELECT COUNT(*) FROM introductions WHERE held_decision = 'forward'").fetchone()[0]

    def run_get(self, url, path, pid):
        before = cpu_seconds(pid)
        row = wrk(url + path)
        return {**row, "cpu": (cpu_seconds(pid) - before) / SECONDS / row["rate"] * 1e6, "memory": resident_mb(pid)}

    def run_post(self):
        with self.serving() as (url, _, pid):
            row = self.run_get_of_posts(url, pid)
            plain = wrk(url + "/style.css")
        decided = self.decisions()
        judge(row["failed"] == 0 and abs(decided - row["rate"] * SECONDS) < decided / 5, f"{decided} decisions")
        return {**row, "rate": decided / SECONDS, "plain": plain["rate"]}

    def run_get_of_posts(self, url, pid):
        before = cpu_seconds(pid)
        row = wrk(url, TERTIUS_BENCH_POSTS=str(self.posts))
        return {**row, "cpu": (cpu_seconds(pid) - before) / SECONDS / row["rate"] * 1e6, "memory": resident_mb(pid)}


def postgres_commits(folder):
    url = os.environ.get("TERTIUS_TEST_POSTGRES")
    if not url:
        return None
    (folder / "insert.sql").write_text("INSERT INTO bench_commits VALUES (DEFAULT, 'x');\n")
    psql = ["psql", "-q", url, "-c"]
    create = "CREATE TABLE IF NOT EXISTS bench_commits (id BIGSERIAL PRIMARY KEY, what TEXT)"
    subprocess.run([*psql, "SET client_min_messages = warning", "-c", create], check=True)
    out = subprocess.run([shutil.which("pgbench") or sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1],
                          "-n", "-c16", "-j1", f"-T{SECONDS}", "-f", folder / "insert.sql", url], check=True,
                         capture_output=True, text=True).stdout
    return {"rate": float(re.search(r"tps = ([\d.]+)", out)[1])}


def show(name, row):
    print(f"  {name:34} {row['rate']:7.0f}/s" + (f"   p99 {row['p99']:.1f} ms" if "p99" in row else "") +
          (f"   {row['cpu']:.0f} us CPU   RSS {row['memory']:.0f} MB" if "cpu" in row else ""))


def compare(name, ratio, goal):
    print(f"  {ratio:.2f} x {name}, the goal is {goal}" + judge(ratio >= goal, f"{goal} x {name}"))


def show_pages(bench):
    ours, theirs = [], []
    with bench.serving() as (url, path, pid):
        page = urllib.request.urlopen(url + path).read()
        with nginx(bench.folder, page) as static:
            for _ in range(ROUNDS):
                ours.append(bench.run_get(url, path, pid))
                theirs.append(wrk(static))
    median = medians(ours), medians(theirs)
    print(f"a decision page of {len(page) / 1000:.1f} KB, {CONNECTIONS} connections")
    show("Tertius", median[0])
    show("nginx, the same from a file", median[1])
    compare("nginx", median[0]["rate"] / median[1]["rate"], OF_NGINX)
    judge(not any(row["failed"] for row in ours), "a page failed")


def show_decisions(bench):
    rounds, commits = [], []
    for _ in range(ROUNDS):
        rounds.append(bench.run_post())
        commits.append(postgres_commits(bench.folder))
    ours = medians(rounds)
    print(f"a press of Forward, {CONNECTIONS} connections, each committed before its answer")
    show("Tertius", ours)
    show("our own style sheet", {"rate": ours["plain"]})
    compare("our own plain page", ours["rate"] / ours["plain"], OF_PLAIN)
    if commits[0]:
        postgres = medians(commits)
        show("PostgreSQL, a row each, 16 clients", postgres)
        compare("PostgreSQL", ours["rate"] / postgres["rate"], OF_POSTGRES)
    judge(ours["p99"] < POST_P99_MS, f"p99 < {POST_P99_MS} ms")


def show_idle(bench):
    """Visitors who open a connection and say nothing: whoever asks for a page gets it all the same."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2 * IDLE, limit[1]), limit[1]))
    with bench.serving() as (url, path, pid):
        before = resident_mb(pid)
        port = int(url.rpartition(":")[2])
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(IDLE)]
        begin = time.monotonic()
        status = urllib.request.urlopen(url + path).status
        print(f"{IDLE} idle connections: the page answers {status} in {(time.monotonic() - begin) * 1000:.1f} ms, "
              f"{(resident_mb(pid) - before) * 1e6 / IDLE / 1e3:.1f} KB each" + judge(status == 200, "idle connections"))
        for one in idle:
            one.close()


def main(build):
    folder = build / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    bench = Bench(build, folder)
    show_pages(bench)
    show_decisions(bench)
    show_idle(bench)
    shutil.rmtree(folder)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
