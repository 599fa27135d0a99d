"""The daemon is killed, its database server restarts, and mail servers hang up on it."""
import os
import random
import socket
import struct
import subprocess
import time
import urllib.parse

from soak_site import SoakSite, await_that, folder
from pouring import Pour, Relay, hand_in, letter_of, wrongs
from relay_faults import said

KILLS, RESTARTS = 200, 20
CONNECTIONS = 4  # to the relay, each with a mail under way at most


def run_kills(options, table):
    relay, kills = Relay(), max(5, int(KILLS * options.scale))
    with folder("kill") as place:
        site = SoakSite(options.build, place, relay.port)
        site.configure("[hold]", f"connections = {CONNECTIONS}\n[hold]")
        site.start()
        pour = Pour(site.lmtp, "p")
        for _ in range(kills):
            pour.await_more(random.randint(1, 40))
            site.kill()
            site.start()
        acknowledged = pour.stop()
        site.await_quiet()
        wrong, repeats = wrongs(site.query, relay, acknowledged)
        site.stop()
        relay.close()
    table.bar(f"kill -9, {kills} times under load", f"{len(acknowledged)} letters, {repeats} mails again of "
              f"{kills * CONNECTIONS} that could be under way {said(wrong)}", not wrong and repeats <= kills * CONNECTIONS)


# ---- PostgreSQL ----

class PostgresSite(SoakSite):
    """Its database is in the cluster of tests/support/postgres.sh."""

    def __init__(self, *more):
        super().__init__(*more)
        self.url = os.environ["TERTIUS_TEST_POSTGRES"].replace("///postgres", "///tertius_soak")
        self.cluster = urllib.parse.parse_qs(urllib.parse.urlparse(self.url).query)["host"][0]
        self.configure(f"sqlite:{self.folder}/tertius.db", self.url)
        self.psql(os.environ["TERTIUS_TEST_POSTGRES"], "DROP DATABASE IF EXISTS tertius_soak", "CREATE DATABASE tertius_soak")

    @staticmethod
    def psql(url, *statements):
        words = [word for statement in statements for word in ("-c", statement)]
        done = subprocess.run(["psql", "-qAtX", "-F", "\t", url, *words], capture_output=True, text=True, check=True)
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]

    def query(self, sql, *_):
        rows = self.psql(self.url, "SET client_min_messages = error", sql)
        return [tuple(int(word) if word.isdigit() else word for word in row) for row in rows]

    def change(self, sql, *_):
        self.psql(self.url, sql)

    def restart_database(self, mode):
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        control = sorted(path for path in os.listdir("/usr/lib/postgresql"))[-1]
        subprocess.run([*as_server, f"/usr/lib/postgresql/{control}/bin/pg_ctl", f"--pgdata={self.cluster}/data",
                        f"--log={self.cluster}/server.log", f"--mode={mode}", "--wait", "restart"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/")


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


def run_postgres(options, table):
    restarts = max(4, int(RESTARTS * options.scale))
    bar = f"PostgreSQL restarted {restarts} times under load"
    if "TERTIUS_TEST_POSTGRES" not in os.environ:
        return table.skipped(bar, "tests/support/postgres.sh runs it")
    relay = Relay()
    with folder("postgres") as place:
        site = PostgresSite(options.build, place, relay.port)
        site.start()
        try:
            pour = Pour(site.lmtp, "pg")
            for number in range(restarts):
                pour.await_more(random.randint(20, 100))
                site.restart_database("immediate" if number % 2 else "fast")
            went_on = pour.await_more(50, 60)
            acknowledged = pour.stop()
            end_lost_claims(site)
            site.await_quiet()
            wrong, repeats = wrongs(site.query, relay, acknowledged)
            table.bar(bar, f"{len(acknowledged)} letters, {pour.refused()} told to come again, {repeats} mails again "
                      f"{said(wrong)}", not wrong and not repeats and went_on)
        finally:
            site.stop()
            relay.close()


# ---- LMTP clients that hang up ----

def transaction(key):
    return (f"LHLO cut.test\r\nMAIL FROM:<{key}@else.example>\r\nRCPT TO:<intro@intro.test>\r\nDATA\r\n"
            f"{letter_of(key)}.\r\n").encode()


def cut(port, octets, rudely):
    """Sends them, and is gone: with a FIN, or with a reset that may overtake what was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        s.sendall(octets)
        if rudely:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        s.shutdown(socket.SHUT_WR)
        while s.recv(4096):
            pass


def run_cuts(options, table):
    relay = Relay()
    with folder("cuts") as place:
        site = SoakSite(options.build, place, relay.port)
        site.start()
        whole = len(transaction("f-1000"))
        offsets = range(0, whole + 1, 1 if options.scale == 1 else 5)
        for ending in ("f", "r"):
            for offset in offsets:
                cut(site.lmtp, transaction(f"{ending}-{1000 + offset}")[:offset], ending == "r")
        assert hand_in(site.lmtp, "barrier"), "a letter is taken behind them"
        stored = {row[0].split("@")[0] for row in site.query("SELECT message_id FROM letters")} - {"barrier"}
        halves = [key for key in stored if int(key[2:]) - 1000 < whole]
        keys = [f"{ending}-{1000 + offset}" for ending in ("f", "r") for offset in offsets]
        acknowledged = [f"{key}@else.example" for key in keys if hand_in(site.lmtp, key)]
        site.await_quiet()
        wrong, repeats = wrongs(site.query, relay, acknowledged)
        good = not wrong and not repeats and not halves and len(acknowledged) == len(keys)
        table.bar("LMTP cut at every octet, by FIN and by RST", f"{len(keys)} cuts, {len(halves)} half letters kept, then "
                  f"{len(acknowledged)} taken, {repeats} mails again {said(wrong)}", good)
        site.stop()
        relay.close()
