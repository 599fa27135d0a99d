#!/usr/bin/env python3
"""Three daemons on one PostgreSQL, each in a network namespace of its own: one is cut off from the database, then one from
the relay, then one has a slow way to the database. usage: postgres.sh partition_soak.py BUILD [--small]

The others take over within a lease; whoever was cut off sends nothing twice when it returns.
"""
import collections
import os
import pathlib
import re
import socketserver
import subprocess
import sys
import threading
import time

import soak_site
from namespaces import DATABASE, PORT, RELAY, Wire, hosts, why_not_here
from postfix_site import await_that, end_with_parent
from postgres_database import PostgresDatabase, server_url
from table import Table

NOTICES, CUT_SECONDS = 600, 40  # of each part
LEASE, BEAT, CLIENT_GIVES_UP = 15, 5, 10  # daemon/heartbeat.hpp, and storage/postgres.cpp's tcp_user_timeout
MESSAGE_ID = re.compile(rb"(?mi)^message-id:\s*<([^>]+)>")

CONFIG = """\
[broker]
domain = "intro.test"
link_key_file = "{folder}/link.key"
[storage]
url = "{url}"
[web]
listen = "127.0.0.1:8025"
public_url = "http://127.0.0.1:8025"
[lmtp]
listen = "127.0.0.1:8024"
[smtp]
host = "127.0.0.1"
port = {port}
"""


class Sink(socketserver.ThreadingTCPServer):
    """Takes a mail in 50 ms, and remembers whence each came."""
    daemon_threads = allow_reuse_address = True
    request_queue_size = 64

    def __init__(self):
        self.seen = collections.defaultdict(list)
        super().__init__((RELAY, PORT[RELAY]), Session)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def twice(self):
        return sum(len(hosts_) - 1 for hosts_ in list(self.seen.values()))


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.wfile.write(b"220 relay.test\r\n")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.server.seen[MESSAGE_ID.search(mail)[1]].append(self.client_address[0])
                    time.sleep(0.05)
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 2.0.0 ok\r\n")
        except OSError:
            pass


class Daemon:
    def __init__(self, build, folder, host, database):
        self.host, self.folder, self.binary = host, folder / host.name, build / "tertius"
        self.folder.mkdir()
        self.config = self.folder / "tertius.toml"
        url = f"postgresql://postgres@{DATABASE}:{PORT[DATABASE]}/{database.name}"
        self.config.write_text(CONFIG.format(folder=folder, url=url, port=PORT[RELAY]))
        self.log = self.folder / "log"

    def start(self):
        namespaces = pathlib.Path(__file__).with_name("namespaces.py")
        self.wire = subprocess.Popen(self.host.command(sys.executable, namespaces, RELAY, PORT[RELAY]),
                                     preexec_fn=end_with_parent)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.host.command(self.binary, "serve", "-c", self.config), stderr=log,
                                            preexec_fn=end_with_parent)
        await_that(lambda: "ready" in self.log.read_text(), "the daemon is ready", 60)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.wire.kill()
        self.wire.wait()


class Site:
    def __init__(self, options, folder, database):
        self.database, self.build, self.folder = database, options.build.resolve(), folder
        self.notices = round(NOTICES * options.scale)

    def seed(self, parts):
        """All that is sent in this job, put off until its part."""
        config = self.folder / "seed.toml"
        config.write_text(CONFIG.format(folder=self.folder, url=self.database.url, port=PORT[RELAY]))
        subprocess.run([self.build / "tertius", "key", "list", "-c", config], capture_output=True)
        subprocess.run([self.build / "tests/soak/soak_asked", config, str(parts * self.notices)], check=True)
        self.database.query("UPDATE outbox SET ready_at = not_before + 86400, not_before = not_before + 86400 "
                            "WHERE state = 'due'")

    def let_go(self):
        """The next part's mails are due."""
        self.database.query("UPDATE outbox SET not_before = created_at, ready_at = created_at WHERE id IN "
                            f"(SELECT id FROM outbox WHERE state = 'due' ORDER BY id LIMIT {self.notices})")

    def sent(self):
        return int(self.database.query("SELECT COUNT(*) FROM outbox WHERE state = 'sent'")[0][0])

    def await_sent(self, count, seconds):
        await_that(lambda: self.sent() >= count, lambda: f"{count} mails are sent, not {self.sent()}", seconds)

    def keeper(self):
        """The pid of whoever holds the clock now."""
        found = self.database.query("SELECT pid FROM leases JOIN daemons ON daemons.id = holder WHERE name = 'clock' AND "
                                    "lease_until > EXTRACT(EPOCH FROM clock_timestamp())")
        return int(found[0][0]) if found else None


def pid_of(daemon):
    """`ip netns exec` becomes the program it runs."""
    return daemon.process.pid


def cut_from_database(table, site, daemons, sink):
    site.let_go()
    site.await_sent(site.notices // 10, 60)
    cut = next(daemon for daemon in daemons if pid_of(daemon) == site.keeper())
    begin = time.monotonic()
    cut.host.cut_from(DATABASE)
    await_that(lambda: site.keeper() not in (None, pid_of(cut)), "another keeps the clock", 120)
    took = time.monotonic() - begin
    time.sleep(max(0, CUT_SECONDS - took))
    before = sum(cut.host.address in seen for seen in list(sink.seen.values()))
    cut.host.join(DATABASE)
    site.await_sent(site.notices, 180)
    longest = LEASE + BEAT + CLIENT_GIVES_UP
    table.bar(f"cut off from the database: another keeps the clock within {longest} s", f"{took:.1f} s", took <= longest)
    table.figure("... mails that the one cut off had sent by then", str(before))
    table.bar("... every mail sent, none twice", f"{site.sent()}, twice {sink.twice()}", sink.twice() == 0)


def cut_from_relay(table, site, daemons, sink):
    cut, goal = daemons[1], 2 * site.notices
    cut.host.cut_from(RELAY)
    site.let_go()
    site.await_sent(goal - 16 * 4, 120)  # but for what the one cut off has claimed
    took_over = goal - site.sent()
    time.sleep(CUT_SECONDS)
    cut.host.join(RELAY)
    # What it could not say on its old connections waits a minute or a quarter of an hour.
    for _ in range(30):
        site.database.query("UPDATE outbox SET not_before = created_at, ready_at = created_at WHERE state = 'due' AND attempts > 0")
        if site.sent() >= goal:
            break
        time.sleep(10)
    table.bar("cut off from the relay: the others send all but what it has in its hands", f"{took_over} were left",
              took_over <= 16 * 4)
    table.bar("... every mail sent, none twice", f"{site.sent() - site.notices}, twice {sink.twice()}",
              site.sent() == goal and sink.twice() == 0)


def slow_database(table, site, daemons, sink, wire):
    slow, goal = daemons[2], 3 * site.notices
    wire.delay[slow.host.address] = 0.3
    site.let_go()
    begin = time.monotonic()
    site.await_sent(goal - 16 * 4, 180)
    table.figure("slow way to the database (300 ms each way): all but one claim sent", f"{time.monotonic() - begin:.1f} s")
    site.await_sent(goal, 300)
    del wire.delay[slow.host.address]
    table.bar("... every mail sent, none twice", f"{site.sent() - 2 * site.notices}, twice {sink.twice()}", sink.twice() == 0)


def run(options, folder):
    database, table = PostgresDatabase(), Table("partition")
    site = Site(options, folder, database)
    os.chmod(folder, 0o755)
    with hosts(3) as machines:
        socket = re.search(r"host=([^&]+)", server_url())[1] + "/.s.PGSQL.5432"
        wire, sink = Wire(DATABASE, PORT[DATABASE], path=socket), Sink()
        site.seed(3)
        daemons = [Daemon(site.build, folder, machine, database) for machine in machines]
        try:
            for daemon in daemons:
                daemon.start()
            cut_from_database(table, site, daemons, sink)
            cut_from_relay(table, site, daemons, sink)
            slow_database(table, site, daemons, sink, wire)
        finally:
            for daemon in daemons:
                daemon.stop()
            database.drop()
    return table.end()


def main():
    options = soak_site.arguments(__doc__)
    why = why_not_here() or (None if server_url() else "no PostgreSQL: tests/support/postgres.sh runs one")
    if why:
        print(f"partition: skipped: {why}")
        return 0
    with soak_site.folder("partition") as folder:
        return run(options, folder)


if __name__ == "__main__":
    sys.exit(main())
