"""Daemons on the cluster of tests/support/postgres.sh, and that cluster's restarts."""
import csv
import os
import subprocess
import time
import urllib.parse

from soak_site import SoakSite, await_that

SERVER = os.environ.get("TERTIUS_TEST_POSTGRES")
NULL = "\\N"


def psql(url, *statements):
    words = [word for statement in statements for word in ("-c", statement)]
    done = subprocess.run(["psql", "-qAtX", "--csv", "-P", f"null={NULL}", url, *words], capture_output=True, text=True)
    if done.returncode:
        raise OSError(done.stderr)
    return [tuple(None if word == NULL else int(word) if word.isdigit() else word for word in row)
            for row in csv.reader(done.stdout.splitlines(keepends=True))]


def make_database(name="tertius_soak"):
    """Its URL."""
    psql(SERVER, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    return SERVER.replace("///postgres", f"///{name}")


def restart_server(mode):
    """`immediate` is a crash; `fast` ends every session first."""
    cluster = urllib.parse.parse_qs(urllib.parse.urlparse(SERVER).query)["host"][0]
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    newest = sorted(os.listdir("/usr/lib/postgresql"))[-1]
    subprocess.run([*as_server, f"/usr/lib/postgresql/{newest}/bin/pg_ctl", f"--pgdata={cluster}/data",
                    f"--log={cluster}/server.log", f"--mode={mode}", "--wait", "restart"],
                   check=True, stdout=subprocess.DEVNULL, cwd="/")


class PostgresHost(SoakSite):
    def __init__(self, build, folder, smtp_port, url, more="", level="warn"):
        super().__init__(build, folder, smtp_port, more, level)
        self.database = url
        self.configure(f"sqlite:{self.folder}/tertius.db", url)

    def query(self, sql, *_):
        return psql(self.database, "SET client_min_messages = error", sql)

    def change(self, sql, *_):
        psql(self.database, sql)


def end_lost_claims(site):
    """A claim whose commit nobody answered waits for the end of its lease, half an hour. Those that are settled yet come first."""
    def claimed():
        return site.query("SELECT message_id FROM outbox WHERE state IN ('due', 'claimed') ORDER BY message_id")

    def are_the_same():
        before = claimed()
        time.sleep(12)
        return claimed() == before
    await_that(are_the_same, "settled is what can be", 120)
    site.change("UPDATE outbox SET lease_until = 1, ready_at = 1 WHERE state = 'claimed'")
