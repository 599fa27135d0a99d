"""A site's database, whichever engine it is of: rows by name or number, and time made to pass."""
import csv
import re
import sqlite3
import subprocess

NULL = "\\N"


class Row(tuple):
    """As sqlite3.Row has it."""

    def __new__(cls, names, values):
        row = super().__new__(cls, values)
        row.names = names
        return row

    def __getitem__(self, key):
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def keys(self):
        return self.names


def value(word):
    if word == NULL:
        return None
    return int(word) if re.fullmatch(r"-?\d{1,19}", word) else word


def quoted(argument):
    return str(argument) if isinstance(argument, int) else "'" + str(argument).replace("'", "''") + "'"


def psql(url, sql):
    done = subprocess.run(["psql", "-qX", "--csv", "-P", f"null={NULL}", "-c", sql, url], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"{sql}: {done.stderr}")
    lines = list(csv.reader(done.stdout.splitlines(keepends=True)))
    return [Row(lines[0], map(value, line)) for line in lines[1:]]


def query(url, sql, *arguments):
    """`?` stands for an argument. What the statement gives, or nothing."""
    if not url.startswith("sqlite:"):
        parts = iter(map(quoted, arguments))
        return psql(url, re.sub(r"\?", lambda _: next(parts), sql))
    database = sqlite3.connect(url.removeprefix("sqlite:"), timeout=10)
    database.row_factory = sqlite3.Row
    try:
        with database:
            return database.execute(sql, arguments).fetchall()
    finally:
        database.close()
