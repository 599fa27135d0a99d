#!/usr/bin/env python3
"""Three daemons on one PostgreSQL in a storm. Usage: postgres.sh several_soak.py BUILD [--small]

The storm of storm_soak.py over all three, as a load balancer has it, while daemons are killed (`kill -9`) and started again
at random, and PostgreSQL is restarted twice, once as by a crash. Then: every letter stored once with an outcome, every
decision right, every mail sent once but for those that were under way when a daemon was killed, and no lease taken while
another held it.
"""
import random
import sys
import threading
import time

from postgres_hosts import SERVER, PostgresHost, end_lost_claims, make_database, psql, restart_server
from soak_site import CommandFailed, arguments, folder
from storm_clients import Sink, Storm, ask_everybody
from storm_judges import judge_decisions, judge_letters, judge_mails
from storm_plan import Plan
from table import Table

HOSTS = 3
CONNECTIONS = 4  # of each to the relay
UNDER_WAY = 2 * CONNECTIONS  # mails at most: one on each, and as many answered and not yet on the disk

# Each change of a lease's holder, with how long the former had it yet by the server's own clock. Seconds are whole ones.
WATCH = """CREATE TABLE handovers (name TEXT, fence BIGINT, left_over DOUBLE PRECISION, went_on BOOLEAN);
CREATE FUNCTION note_handover() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO handovers VALUES (NEW.name, NEW.fence, OLD.lease_until - EXTRACT(EPOCH FROM clock_timestamp()),
                                NEW.fence = OLD.fence + 1);
  RETURN NEW; END $$;
CREATE TRIGGER handover AFTER UPDATE ON leases FOR EACH ROW WHEN (OLD.holder <> NEW.holder) EXECUTE FUNCTION note_handover()"""


class Killer:
    """Kills one daemon after another, and starts it again soon. In the main thread: whoever starts a daemon has to outlive it
    (postfix_site.end_with_parent)."""

    def __init__(self, hosts):
        self.hosts, self.kills = hosts, 0

    def run_beside(self, work):
        chance = random.Random(3)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        while not await_end(thread, chance.uniform(1, 6)):
            host = chance.choice(self.hosts)
            host.kill()
            self.kills += 1
            time.sleep(chance.uniform(0, 2))
            start_at_last(host)


def start_at_last(host, tries=30):
    """As systemd does: where the database is away, once more."""
    for left in reversed(range(tries)):
        try:
            return host.start()
        except CommandFailed:
            if left == 0:
                raise
            time.sleep(2)


def await_end(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def judge_leases(table, hosts):
    rows = hosts[0].query("SELECT name, left_over > 1, NOT went_on FROM handovers")
    held_by_two, without_fence = sum(row[1] == "t" for row in rows), sum(row[2] == "t" for row in rows)
    table.bar("no lease taken while another held it", f"{len(rows)} times it changed hands, {held_by_two} of them too soon, "
              f"{without_fence} without a higher fence", bool(rows) and not held_by_two and not without_fence)


def run(options, hosts, sink):
    hosts[0].run("migrate")
    psql(hosts[0].database, WATCH)
    asked = ask_everybody(options, hosts, sink)
    table, storm, killer = Table("several"), Storm(hosts, sink, Plan(asked, options.scale)), Killer(hosts)
    killer.run_beside(lambda: storm.run({33: lambda: restart_server("fast"), 66: lambda: restart_server("immediate")}))
    end_lost_claims(hosts[0])
    hosts[0].await_quiet(1200)
    table.figure("letters a second, with the clicks and kills", f"{len(storm.plan.letters) / storm.seconds:.0f}")
    table.figure("daemons killed; PostgreSQL restarted", f"{killer.kills} times; 2 times")
    judge_letters(table, storm)
    judge_decisions(table, storm)
    judge_mails(table, storm, sink, killer.kills * UNDER_WAY)
    judge_leases(table, hosts)
    return table.end()


def main():
    options = arguments(__doc__)
    if not SERVER:
        print("several: skipped: no PostgreSQL: tests/support/postgres.sh runs one")
        return 0
    random.seed(20260309)
    with folder("several") as place:
        sink, url = Sink(place), make_database()
        hosts = []
        for number in range(HOSTS):
            (place / f"host{number}").mkdir()
            hosts.append(PostgresHost(options.build, place / f"host{number}", sink.port, url))
            hosts[-1].configure("[hold]", f"connections = {CONNECTIONS}\n[hold]")
            hosts[-1].configure(f"{place}/host{number}/link.key", f"{place}/link.key")
            hosts[-1].configure(f'public_url = "{hosts[-1].url}"', f'public_url = "{hosts[0].url}"')
        try:
            return run(options, hosts, sink)
        finally:
            for host in hosts:
                host.stop()
            sink.close()


if __name__ == "__main__":
    sys.exit(main())
