#!/usr/bin/env python3
"""kill -9 at fifty random moments under load, and nothing is lost and nothing doubled that need not be.

usage: kill_test.py TERTIUS [--postgres]

Letters pour in over LMTP; each causes one notice, which goes out to a relay of the test's own. The daemon is killed and
started again and again. Then: every letter that was answered 250 is in the database exactly once with an outcome, every
notice has been sent, and a notice the relay has seen twice is one whose settling the kill cut off: same Message-ID, same
bytes, and never more of them than could be under way at the kills.
"""
import os
import random
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support", "flow"))

from postfix_site import await_that, free_port
from postgres_database import wanted_by_command_line
from pouring import Pour, Relay, wrongs
from tertius_site import TertiusSite

KILLS = 50
CONNECTIONS = 4
random.seed(20260309)


def kill_often(site, kills):
    """What was answered 250 meanwhile."""
    pour = Pour(site.lmtp, "p")
    for _ in range(kills):
        pour.await_more(random.randint(1, 40))
        site.daemon.kill()
        site.daemon.wait()
        site.start()
    return pour.stop()


def main(tertius, database):
    relay = Relay()
    with tempfile.TemporaryDirectory(prefix="tertius-kill-") as folder:
        site = TertiusSite(tertius, folder, relay.port, free_port(), database and database.url)
        site.config.write_text(site.config.read_text().replace("[hold]", f"connections = {CONNECTIONS}\n[hold]"))
        site.start()
        acknowledged = kill_often(site, KILLS)
        await_that(lambda: site.query("SELECT COUNT(*) FROM outbox WHERE state IN ('due', 'claimed')")[0][0] == 0,
                   "everything is sent", 120)
        wrong, repeats = wrongs(site.query, relay, acknowledged)
        site.daemon.kill()
        site.daemon.wait()
        print(f"{KILLS} kills, {len(acknowledged)} letters answered 250, {repeats} mails sent again after a kill")
        for what, which in wrong.items():
            print(f"{what}: {len(which)}, such as {which[0]}")
        if repeats > KILLS * CONNECTIONS:
            print("more repeats than could have been under way")
        good = not wrong and repeats <= KILLS * CONNECTIONS and len(acknowledged) > KILLS
        if not good:
            print(site.log())
    print("1 passed, 0 failed" if good else "0 passed, 1 failed")
    return 0 if good else 1


if __name__ == "__main__":
    make_database = wanted_by_command_line()
    one = make_database() if make_database else None
    try:
        sys.exit(main(sys.argv[1], one))
    finally:
        if one:
            one.drop()
