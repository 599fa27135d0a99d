"""The daemon is killed, its database server restarts, and mail servers hang up on it."""
import os
import random
import socket
import struct

from pouring import Pour, Relay, hand_in, letter_of, wrongs
from postgres_hosts import PostgresHost, end_lost_claims, make_database, restart_server
from soak_site import SoakSite, folder
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

def run_postgres(options, table):
    restarts = max(4, int(RESTARTS * options.scale))
    bar = f"PostgreSQL restarted {restarts} times under load"
    if "TERTIUS_TEST_POSTGRES" not in os.environ:
        return table.skipped(bar, "tests/support/postgres.sh runs it")
    relay = Relay()
    with folder("postgres") as place:
        site = PostgresHost(options.build, place, relay.port, make_database())
        site.start()
        try:
            pour = Pour(site.lmtp, "pg")
            for number in range(restarts):
                pour.await_more(random.randint(20, 100))
                restart_server("immediate" if number % 2 else "fast")
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
