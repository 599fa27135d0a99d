#!/usr/bin/env python3
"""Several daemons on one PostgreSQL. Usage: postgres.sh scale.py BUILD

A relay that takes 100 ms to accept and 8 connections for each daemon: what one daemon sends in a second, and what three
of them send. Then what a notice costs in CPU, with a relay that is quick: on PostgreSQL, the server's work along with the
daemon's, and on SQLite. Leaves what it measured in BUILD/scale.json, for capacity.py. Exits 1 where a goal is missed.
"""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

from goals import cpu_seconds, finish, judge, medians
from outbound import free_port, slow_sink, smtp_sink

ROUNDS = 3
CONNECTIONS, NOTICES_OF_A_DAEMON = 8, 1_600
THREE_OF_ONE = 2.7
CHEAP_NOTICES, CPU_OF_SQLITE = 8_000, 2
SERVER = os.environ.get("TERTIUS_TEST_POSTGRES", "")

CONFIG = """\
[broker]
domain = "intro.rowan.example"
link_key_file = "{folder}/link.key"
[storage]
url = "{url}"
[web]
listen = "127.0.0.1:{web}"
public_url = "https://intro.rowan.example"
[lmtp]
listen = "127.0.0.1:{lmtp}"
[smtp]
host = "127.0.0.1"
port = {smtp}
connections = {connections}
bounce_stop = 0
"""


def query(url, sql):
    return subprocess.run(["psql", "-XqtA", "-c", sql, url], check=True, capture_output=True, text=True).stdout.strip()


def server_cpu():
    """Of all its processes, those that have ended left out."""
    found = subprocess.run(["pgrep", "-x", "postgres"], capture_output=True, text=True).stdout.split()
    total = 0
    for pid in found:
        with contextlib.suppress(OSError):
            total += cpu_seconds(pid)
    return total


class Postgres:
    """A copy of a seeded database, gone afterwards."""

    def __init__(self, bench, count):
        self.template, self.url = f"seed{count}", SERVER.replace("/postgres?", "/run?")
        if query(SERVER, f"SELECT 1 FROM pg_database WHERE datname = '{self.template}'") != "1":
            query(SERVER, f"CREATE DATABASE {self.template}")
            bench.seed(SERVER.replace("/postgres?", f"/{self.template}?"), count)

    def __enter__(self):
        query(SERVER, f"CREATE DATABASE run TEMPLATE {self.template}")
        return self

    def __exit__(self, *_):
        query(SERVER, "DROP DATABASE run WITH (FORCE)")

    def sent(self):
        return int(query(self.url, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'"))


class Sqlite:
    def __init__(self, bench, count):
        self.seed, self.file = bench.folder / f"{count}.db", bench.folder / "run.db"
        self.url = f"sqlite:{self.file}"
        if not self.seed.exists():
            bench.seed(self.seed, count)

    def __enter__(self):
        shutil.copy(self.seed, self.file)
        return self

    def __exit__(self, *_):
        for file in self.file.parent.glob("run.db*"):
            file.unlink()

    def sent(self):
        with contextlib.closing(sqlite3.connect(self.file)) as db:
            return db.execute("SELECT COUNT(*) FROM outbox WHERE state = 'sent'").fetchone()[0]


class Bench:
    def __init__(self, build, folder):
        self.program, self.seeder, self.folder = build / "tertius", build / "tests/bench/bench_outbound", folder

    def seed(self, where, count):
        subprocess.run([self.seeder, "seed", where, str(count)], check=True)

    @contextlib.contextmanager
    def daemons(self, number, url, smtp):
        running = []
        try:
            for i in range(number):
                config = self.folder / f"{i}.toml"
                config.write_text(CONFIG.format(folder=self.folder, url=url, web=free_port(), lmtp=free_port(), smtp=smtp,
                                                connections=CONNECTIONS))
                with open(self.folder / f"{i}.log", "w") as log:
                    running.append(subprocess.Popen([self.program, "serve", "-c", config], stderr=log))
            yield running
        finally:
            for one in running:
                one.terminate()
            for one in running:
                one.wait()

    def rate(self, number):
        """Notices a second, between the first tenth and the last: neither the start nor the last stragglers."""
        count = number * NOTICES_OF_A_DAEMON
        with Postgres(self, count) as database, slow_sink() as port, self.daemons(number, database.url, port):
            begin, at_begin = await_sent(database, count // 10)
            end, at_end = await_sent(database, count * 9 // 10)
            await_sent(database, count)
        return {"rate": (at_end - at_begin) / (end - begin)}

    def cost(self, engine, with_server):
        with engine(self, CHEAP_NOTICES) as database, smtp_sink() as port, \
                self.daemons(1, database.url, port) as (daemon,):
            server = server_cpu() if with_server else 0
            await_sent(database, CHEAP_NOTICES)
            used = cpu_seconds(daemon.pid)
            return {"daemon": used / CHEAP_NOTICES * 1e6,
                    "all": (used + (server_cpu() - server if with_server else 0)) / CHEAP_NOTICES * 1e6}


def await_sent(database, count, patience=300):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        sent = database.sent()
        if sent >= count:
            return time.monotonic(), sent
        time.sleep(0.2)
    sys.exit(f"only {database.sent()} of {count} notices were sent in {patience} s")


TABLES = {"person": ("people", "person_words", "near_words", "addresses"), "tie": ("ties", ),
          "introduction": ("introductions", "asks", "history"), "mail": ("outbox", "outbox_fields")}


def octets(bench):
    """On PostgreSQL's disk, with their indexes: of a person, of a tie, of an introduction, of a mail about one."""
    with Postgres(bench, CHEAP_NOTICES) as database:
        query(database.url, "VACUUM FULL")
        out = {}
        for name, tables in TABLES.items():
            total = sum(int(query(database.url, f"SELECT pg_total_relation_size('{table}')")) for table in tables)
            out[name + "_bytes"] = total / int(query(database.url, f"SELECT COUNT(*) FROM {tables[0]}"))
        return out


def show_scale(bench):
    rows = {1: [], 3: []}
    for _ in range(ROUNDS):
        for number, found in rows.items():
            found.append(bench.rate(number))
    one, three = (medians(found)["rate"] for found in rows.values())
    bound = CONNECTIONS / 0.1
    print(f"a relay that takes 100 ms to accept, {CONNECTIONS} connections for each daemon")
    for number, rate in ((1, one), (3, three)):
        print(f"  {number} daemon{'s' if number > 1 else ' '} {rate:6.0f}/s, {rate / number / bound:.2f} of what is possible")
    print(f"  three carry {three / one:.2f} x what one does, the goal is {THREE_OF_ONE}" +
          judge(three >= THREE_OF_ONE * one, f"three carry {THREE_OF_ONE} x"))
    return {"rate_one": one, "rate_three": three}


def show_cost(bench):
    rows = {"SQLite": [], "PostgreSQL": []}
    for _ in range(ROUNDS):
        rows["SQLite"].append(bench.cost(Sqlite, False))
        rows["PostgreSQL"].append(bench.cost(Postgres, True))
    sqlite, postgres = (medians(found) for found in rows.values())
    print(f"{CHEAP_NOTICES} notices to smtp-sink, CPU of one")
    print(f"  SQLite      {sqlite['all']:5.0f} us")
    print(f"  PostgreSQL  {postgres['daemon']:5.0f} us in the daemon, {postgres['all']:5.0f} us with the server")
    for what, key in (("the daemon's alone", "daemon"), ("the server's along with it", "all")):
        ratio = postgres[key] / sqlite["all"]
        print(f"  {what}: {ratio:.2f} x SQLite, the goal is at most {CPU_OF_SQLITE}" +
              judge(ratio <= CPU_OF_SQLITE, f"{what}: at most {CPU_OF_SQLITE} x SQLite"))
    return {"sqlite_us": sqlite["all"], "postgres_us": postgres["all"]}


def main(build):
    sys.stdout.reconfigure(line_buffering=True)
    folder = (build / "scale").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    bench = Bench(build, folder)
    figures = {**show_scale(bench), **show_cost(bench), **octets(bench)}
    (build / "scale.json").write_text(json.dumps(figures))
    shutil.rmtree(folder)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2 or not SERVER:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
