"""A database of its own on the PostgreSQL that tests/support/postgres.sh runs."""
import os
import subprocess
import sys
import uuid


def server_url():
    """None where there is no server."""
    return os.environ.get("TERTIUS_TEST_POSTGRES")


def query(url, sql):
    done = subprocess.run(["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql, url], capture_output=True,
                          text=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"{sql}: {done.stderr}")
    return [line.split("|") for line in done.stdout.splitlines() if line]


def wanted_by_command_line():
    """A database of its own where --postgres stands among the arguments, which it is taken from; else None."""
    if "--postgres" not in sys.argv:
        return None
    sys.argv.remove("--postgres")
    if server_url():
        return PostgresDatabase
    print("skipped: no PostgreSQL (tests/support/postgres.sh runs one)")
    sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)


class PostgresDatabase:
    def __init__(self):
        self.name = "t" + uuid.uuid4().hex
        query(server_url(), f"CREATE DATABASE {self.name}")
        self.url = server_url().replace("/postgres?", f"/{self.name}?")

    def drop(self):
        query(server_url(), f"DROP DATABASE {self.name} WITH (FORCE)")

    def query(self, sql):
        return query(self.url, sql)
