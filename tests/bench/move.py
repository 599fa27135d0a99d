#!/usr/bin/env python3
"""A community moved to PostgreSQL and back. Usage: move.py BUILD [--small]

100,000 people with 1,000,000 ties (--small: a tenth of both), each person with an address and two words. The program's own
command moves them from a file to PostgreSQL, where postgres.sh runs this, and from there to another file; both are read again
and compared, in the time that is measured. The floor beside it is the same ties written by psql's COPY into a table with the
same indexes and references. Exits 1 where a goal is missed.
"""
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

from goals import finish, judge

PEOPLE, TIES = 100_000, 1_000_000
SLOWEST = 10_000  # rows a second, copied, read twice and compared
CONFIG = """[broker]
domain = "intro.example.org"
link_key_file = "{0}/link.key"
[storage]
url = "sqlite:{0}/from.db"
[web]
public_url = "https://intro.example.org"
"""


def make_community(file, people, ties):
    random.seed(1)
    db = sqlite3.connect(file)
    db.execute("PRAGMA synchronous = OFF")
    db.executemany("INSERT INTO people VALUES (?, ?, ?, 'Partner', '', ?, 'en', ?, 0, 'ask_first', NULL, NULL, ?, ?)", (
        (n, f"Person{n} Name", f"Firm {n % 997}", f"p{n}@firm.example", n % 50 == 0, f" person{n} name ",
         f" person{n} name firm {n % 997} partner ") for n in range(1, people + 1)))
    db.executemany("INSERT INTO addresses VALUES (?, ?, ?, 1)",
                   ((f"p{n}@firm.example", n, f"p{n}@firm.example") for n in range(1, people + 1)))
    db.executemany("INSERT INTO person_words VALUES (?, ?)", ((word, n) for n in range(1, people + 1)
                                                             for word in (f"person{n}", f"firm{n % 997}")))
    of_each = ties // (people // 50)  # a member's
    db.executemany("INSERT INTO ties VALUES (?, ?, 'linkedin', ?, 1700000000, 'connected 2021-04-02')", (
        (owner, contact, 0.15 + random.random() / 2) for owner in range(50, people + 1, 50)
        for contact in random.sample(range(1, people + 1), of_each)))
    db.commit()
    db.close()


def move(tertius, here, there):
    done = subprocess.run([tertius, "move-storage", here, there, "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def show(what, report):
    rate = report["rows"] / report["seconds"]
    print(f"{what}: {report['rows']:,} rows in {report['seconds']:.1f} s, {rate:,.0f} rows/s" +
          judge(rate >= SLOWEST, f"{what}: {SLOWEST:,} rows/s"))


def copy_floor(server, folder, ties):
    """Seconds for the ties alone, by COPY."""
    file = folder / "ties.tsv"
    db = sqlite3.connect(folder / "from.db")
    with file.open("w") as out:
        for row in db.execute("SELECT owner, contact, source, strength, since, evidence FROM ties"):
            out.write("\t".join(map(str, row)) + "\n")
    make = """CREATE SCHEMA floor; SET search_path = floor; CREATE TABLE people (id BIGINT PRIMARY KEY);
        INSERT INTO people SELECT generate_series(1, 1000000);
        CREATE TABLE ties (owner BIGINT NOT NULL REFERENCES people (id), contact BIGINT NOT NULL REFERENCES people (id),
        source TEXT COLLATE "C", strength DOUBLE PRECISION, since BIGINT, evidence TEXT, PRIMARY KEY (owner, contact, source));
        CREATE INDEX ties_contact ON ties (contact, owner);"""
    psql = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", server]
    subprocess.run([*psql, "-c", make], check=True)
    begin = time.monotonic()
    subprocess.run([*psql, "-c", f"\\copy floor.ties FROM '{file}'"], check=True)
    return time.monotonic() - begin


def main():
    tertius, small, server = pathlib.Path(sys.argv[1]) / "tertius", "--small" in sys.argv, os.environ.get("TERTIUS_TEST_POSTGRES")
    if not server:
        sys.exit("move.py: there is no PostgreSQL: tests/support/postgres.sh runs one")
    people, ties = (PEOPLE // 10, TIES // 10) if small else (PEOPLE, TIES)
    with tempfile.TemporaryDirectory(prefix="tertius-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "tertius.toml").write_text(CONFIG.format(folder))
        subprocess.run([tertius, "migrate", "-c", folder / "tertius.toml"], check=True, stdout=subprocess.DEVNULL)
        make_community(folder / "from.db", people, ties)
        print(f"{people:,} people, {ties:,} ties, {(folder / 'from.db').stat().st_size / 1e6:.0f} MB")
        show("SQLite to PostgreSQL", move(tertius, f"sqlite:{folder}/from.db", server))
        show("PostgreSQL to SQLite", move(tertius, server, f"sqlite:{folder}/back.db"))
        show("SQLite to SQLite", move(tertius, f"sqlite:{folder}/back.db", f"sqlite:{folder}/again.db"))
        seconds = copy_floor(server, folder, ties)
        print(f"COPY of the ties alone: {ties:,} rows in {seconds:.1f} s, {ties / seconds:,.0f} rows/s")
    finish()


if __name__ == "__main__":
    main()
