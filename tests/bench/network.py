#!/usr/bin/env python3
"""The tie graph in memory: who could introduce whom. Usage: network.py BUILD [--small]

A million people with 50 million ties, power-law degrees, and a tenth of both (--small: the tenth alone). Second degree
(whom both know) and third (the way over two people with the greatest product of strengths) for pairs drawn at random;
what a change costs; memory. Beside them, for the same pairs of the same ties: igraph in both sizes, and the joins that
answer it in SQLite, and in PostgreSQL where postgres.sh runs this, in the tenth (the whole would be 20 GB of rows). Then
a database of the tenth is read into memory and followed through an import. Exits 1 where a goal is missed.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from goals import finish, judge

WHOLE, TENTH = (1_000_000, 50_000_000), (100_000, 5_000_000)
SECOND_US, THIRD_US = {"p50": 10, "p99": 700}, {"p50": 300, "p99": 5_000}
BYTES_OF_AN_END = 6  # and 40 a person
PAIRS_OF_IGRAPH = 2_000  # bench_network's `compared`
SQL_SECOND, SQL_THIRD = 300, 20
ROWS_A_SECOND = 1_000_000  # 20 million ties in 20 s
FOLLOW_SECONDS = 1

# Both directions of each tie are a row, so that one index answers each step; a way opens by the other's own word.
SECOND = """SELECT a.contact FROM ties a JOIN ties b ON b.contact = a.contact
WHERE a.owner = {0} AND a.opens AND b.owner = {1}"""
THIRD = """SELECT a.contact, c.contact FROM ties a JOIN ties b ON b.owner = a.contact JOIN ties c ON c.contact = b.contact
WHERE a.owner = {0} AND a.opens AND c.owner = {1} AND a.contact <> {1} AND c.contact <> {0}
ORDER BY a.strength * b.strength * c.strength DESC LIMIT 1"""


class Bench:
    def __init__(self, build, folder):
        self.programs, self.folder = build / "tests/bench", folder

    def ask(self, program, *arguments):
        command = [self.programs / program, *(str(argument) for argument in arguments)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def edges(self, size):
        file = self.folder / f"{size[1]}.edges"
        if not file.exists():
            subprocess.run([self.programs / "bench_network", "edges", file, *map(str, size)], check=True)
        return file

    def igraph(self, size):
        return self.ask("bench_igraph_ways", self.edges(size), size[0], PAIRS_OF_IGRAPH, PAIRS_OF_IGRAPH)

    def rows(self, size):
        file = self.folder / "rows.tsv"
        subprocess.run([self.programs / "bench_network", "rows", file, *map(str, size)], check=True)
        return file


def spread(times):
    times = sorted(times)
    return {"p50": times[len(times) // 2] * 1e6, "p99": times[len(times) * 99 // 100] * 1e6}


def pairs(people, count):
    step = 2_654_435_761
    return [(i * step % people, (i * step // 7 + 1) % people) for i in range(1, count + 1)]


def ask_sqlite(file, rows, people):
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -1000000")
        db.execute("CREATE TABLE ties (owner INTEGER, contact INTEGER, strength REAL, opens INTEGER, "
                   "PRIMARY KEY (owner, contact)) WITHOUT ROWID")
        with db:
            with open(rows) as lines:
                db.executemany("INSERT INTO ties VALUES (?, ?, ?, ?)", (line.split("\t") for line in lines))

        def times(sql, count):
            out = []
            for pair in pairs(people, count):
                begin = time.perf_counter()
                db.execute(sql.format("?1", "?2"), pair).fetchall()
                out.append(time.perf_counter() - begin)
            return spread(out)
        return {"second": times(SECOND, SQL_SECOND), "third": times(THIRD, SQL_THIRD)}


def ask_postgres(rows, people):
    url = os.environ.get("TERTIUS_TEST_POSTGRES")
    if not url:
        return None

    def psql(script):
        return subprocess.run(["psql", "-qAt", url], input=script, check=True, capture_output=True, text=True).stdout

    psql("CREATE TABLE ties (owner BIGINT, contact BIGINT, strength DOUBLE PRECISION, opens BOOLEAN);\n"
         f"\\copy ties FROM '{rows}'\n"
         "ALTER TABLE ties ADD PRIMARY KEY (owner, contact); VACUUM ANALYZE ties;")

    def times(sql, count):
        explained = psql("SET max_parallel_workers_per_gather = 0;\n" + "".join(
            f"EXPLAIN (ANALYZE, TIMING OFF) {sql.format(*pair)};\n" for pair in pairs(people, count)))
        return spread([float(ms) / 1000 for ms in re.findall(r"Execution Time: ([\d.]+) ms", explained)])
    return {"second": times(SECOND, SQL_SECOND), "third": times(THIRD, SQL_THIRD)}


def show(name, row):
    print(f"  {name:34} second p50 {row['second']['p50']:8.1f} us p99 {row['second']['p99']:9.1f} us   "
          f"third p50 {row['third']['p50']:9.0f} us p99 {row['third']['p99']:9.0f} us")


def compare(name, ours, peer):
    print(f"  {name:34} takes {peer['second']['p50'] / ours['second']['p50']:.0f} x, "
          f"{peer['third']['p50'] / ours['third']['p50']:.0f} x as long")


def show_size(bench, size, is_whole):
    ours = bench.ask("bench_network", "memory", *size)
    print(f"{size[0]} people, {ours['ties']} ties")
    show("Tertius", ours)
    print(f"  built in {ours['build']:.1f} s; {ours['bytes_of_end']:.2f} bytes for an end of a tie; after an import of 1,000 "
          f"contacts the next picture in {ours['delta'] * 1000:.1f} ms, second degree then p50 "
          f"{ours['second_beside']['p50']:.1f} us; written anew in {ours['rebuild']:.1f} s")
    judge(ours["bytes_of_end"] <= BYTES_OF_AN_END, "memory")
    if is_whole:
        for degree, goals in (("second", SECOND_US), ("third", THIRD_US)):
            for part, goal in goals.items():
                if judge(ours[degree][part] <= goal, f"{degree} degree {part} <= {goal} us"):
                    print(f"  {degree} degree: the goal of {part} is {goal} us  <- missed")
    igraph = bench.igraph(size)
    show("igraph", igraph)
    compare("igraph", ours, igraph)
    for degree in ("second", "third"):
        judge(igraph[degree]["sum"] == ours[degree + "_compared"]["sum"], f"{degree} degree: igraph finds others")
    return ours


def show_sql(bench, ours):
    rows = bench.rows(TENTH)
    for name, peer in (("SQLite", ask_sqlite(bench.folder / "peer.db", rows, TENTH[0])),
                       ("PostgreSQL", ask_postgres(rows, TENTH[0]))):
        if peer:
            show(name, peer)
            compare(name, ours, peer)


def show_database(bench):
    people, ties = TENTH[0], TENTH[1] // 5
    row = bench.ask("bench_network", "database", bench.folder / "own.db", people, ties)
    rate = row["ties"] / row["load"]
    print(f"from an SQLite database of {people} people, {row['ties']} ties: read in {row['load']:.1f} s of CPU, {rate:.0f} ties/s"
          + judge(rate >= ROWS_A_SECOND, f"{ROWS_A_SECOND} ties/s read"))
    print(f"  1,000 contacts imported in {row['import'] * 1000:.0f} ms, followed in {row['follow'] * 1000:.1f} ms; "
          f"a look that finds nothing new {row['look']:.1f} us" + judge(row["follow"] < FOLLOW_SECONDS, "following an import"))


def main(build, is_small):
    folder = pathlib.Path(tempfile.mkdtemp(dir=build))
    bench = Bench(build, folder)
    try:
        tenth = show_size(bench, TENTH, False)
        show_sql(bench, tenth)
        show_database(bench)
        if not is_small:
            show_size(bench, WHOLE, True)
    finally:
        shutil.rmtree(folder)
    finish()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), "--small" in sys.argv)
