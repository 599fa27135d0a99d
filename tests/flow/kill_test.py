#!/usr/bin/env python3
"""kill -9 at fifty random moments under load, and nothing is lost and nothing doubled that need not be.

usage: kill_test.py TERTIUS

Letters pour in over LMTP; each causes one notice, which goes out to a relay of the test's own. The daemon is killed and
started again and again. Then: every letter that was answered 250 is in the database exactly once with an outcome, every
notice has been sent, and a notice the relay has seen twice is one whose settling the kill cut off: same Message-ID, same
bytes, and never more of them than could be under way at the kills.
"""
import os, random, re, signal, socket, socketserver, sqlite3, subprocess, sys, tempfile, threading, time, urllib.request

TERTIUS = sys.argv[1]
KILLS = 50
CONNECTIONS = 4
random.seed(20260309)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Relay(socketserver.ThreadingTCPServer):
    """Accepts every mail and remembers it by Message-ID."""
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.seen, self.lock = {}, threading.Lock()
        super().__init__(("127.0.0.1", 0), RelaySession)

    def keep(self, mail):
        message_id = re.search(rb"(?mi)^message-id:\s*<([^>]+)>", mail).group(1).decode()
        with self.lock:
            self.seen.setdefault(message_id, []).append(mail)


class RelaySession(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.wfile.write(b"220 relay.test\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    self.wfile.write(b"250-relay.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
                elif verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    mail = b""
                    while (line := self.rfile.readline()) not in (b".\r\n", b""):
                        mail += line
                    if not line:
                        return
                    self.server.keep(mail)
                    time.sleep(random.random() * 0.004)  # so that kills fall between the dot and the settling
                    self.wfile.write(b"250 2.0.0 taken\r\n")
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 2.0.0 ok\r\n")
        except OSError:
            pass


class Site:
    """One database, one daemon that dies often."""

    def __init__(self, folder, relay_port):
        self.folder, self.lmtp, self.web = folder, free_port(), free_port()
        self.database = os.path.join(folder, "tertius.db")
        self.config = os.path.join(folder, "tertius.toml")
        self.log = open(os.path.join(folder, "log"), "ab")
        with open(self.config, "w") as f:
            f.write(f"""[broker]
community = "Kill test"
domain = "intro.test"
link_key_file = "{folder}/link.key"
[storage]
url = "sqlite:{self.database}"
[web]
listen = "127.0.0.1:{self.web}"
public_url = "http://127.0.0.1:{self.web}"
[lmtp]
listen = "127.0.0.1:{self.lmtp}"
[smtp]
host = "127.0.0.1"
port = {relay_port}
connections = {CONNECTIONS}
[log]
level = "warn"
""")
        self.start()

    def start(self):
        self.process = subprocess.Popen([TERTIUS, "serve", "-c", self.config], stderr=self.log)
        for _ in range(600):
            try:
                if urllib.request.urlopen(f"http://127.0.0.1:{self.web}/healthz", timeout=5).status == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                raise SystemExit(f"the daemon ended with {self.process.returncode}; see {self.log.name}")
            time.sleep(0.05)
        raise SystemExit("the daemon does not answer")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def query(self, sql):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10) as db:
            return db.execute(sql).fetchall()


class Pourer(threading.Thread):
    """A mail server: hands letters in, and each again until it has heard 250."""

    def __init__(self, site, name, stop):
        super().__init__(daemon=True)
        self.site, self.name_, self.stop_ = site, name, stop
        self.acknowledged, self.trouble = [], None

    def run(self):
        try:
            number = 0
            while not self.stop_.is_set():
                number += 1
                key = f"{self.name_}-{number}"
                while not self.hand_in(key):
                    time.sleep(0.01)
                self.acknowledged.append(f"{key}@else.example")
        except Exception as e:
            self.trouble = e

    def hand_in(self, key):
        letter = (f"From: {key}@else.example\r\nTo: intro@intro.test\r\nSubject: hello\r\n"
                  f"Message-ID: <{key}@else.example>\r\n\r\nWho are you?\r\n")
        try:
            with socket.create_connection(("127.0.0.1", self.site.lmtp), timeout=20) as s, s.makefile("rb") as replies:
                def said(code):
                    while True:
                        line = replies.readline()
                        if not line:
                            return False
                        if line[3:4] != b"-":
                            return line.startswith(code)
                for command, code in ((None, b"220"), ("LHLO pourer.test", b"250"), (f"MAIL FROM:<{key}@else.example>", b"250"),
                                      ("RCPT TO:<intro@intro.test>", b"250"), ("DATA", b"354"), (letter + ".", b"250")):
                    if command:
                        s.sendall(command.encode() + b"\r\n")
                    if not said(code):
                        return False
                return True
        except OSError:
            return False


def run(site, relay):
    stop = threading.Event()
    pourers = [Pourer(site, f"p{i}", stop) for i in range(3)]
    for pourer in pourers:
        pourer.start()

    def acknowledged():
        return sum(len(p.acknowledged) for p in pourers)

    for _ in range(KILLS):
        goal, until = acknowledged() + random.randint(1, 40), time.time() + 20
        while acknowledged() < goal and time.time() < until:
            time.sleep(random.random() * 0.005)
        site.kill()
        site.start()
    stop.set()
    for pourer in pourers:
        pourer.join(60)
        assert pourer.trouble is None, pourer.trouble
    until = time.time() + 120
    while site.query("SELECT COUNT(*) FROM outbox WHERE state IN ('due', 'claimed')")[0][0] and time.time() < until:
        time.sleep(0.1)
    return [key for pourer in pourers for key in pourer.acknowledged]


def check(site, relay, acknowledged):
    stored = site.query("SELECT message_id, COUNT(*), MIN(outcome) FROM letters GROUP BY message_id")
    counts = {message_id: count for message_id, count, _ in stored}
    lost = [key for key in acknowledged if key not in counts]
    doubled = [key for key, count in counts.items() if count > 1]
    without_outcome = [row for row in stored if not row[2]]
    rows = site.query("SELECT message_id, state FROM outbox")
    unsent = [row for row in rows if row[1] != "sent"]
    missing = [message_id for message_id, _ in rows if message_id not in relay.seen]
    strangers = set(relay.seen) - {message_id for message_id, _ in rows}
    repeats = sum(len(copies) - 1 for copies in relay.seen.values())
    different = [key for key, copies in relay.seen.items() if any(copy != copies[0] for copy in copies)]
    print(f"{KILLS} kills, {len(acknowledged)} letters answered 250, {len(rows)} notices, {repeats} sent again after a kill")
    problems = {"letters lost": lost, "letters stored twice": doubled, "letters without outcome": without_outcome,
                "notices not sent": unsent, "notices the relay never saw": missing, "mails without a row": strangers,
                "repeats with other bytes": different}
    for what, which in problems.items():
        if which:
            print(f"{what}: {len(which)}, such as {which[0]}")
    too_many = repeats > KILLS * CONNECTIONS
    if too_many:
        print("more repeats than could have been under way")
    if len(rows) < len(acknowledged):
        print("fewer notices than letters")
    return not any(problems.values()) and not too_many and len(rows) >= len(acknowledged) > KILLS


def main():
    relay = Relay()
    threading.Thread(target=relay.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="tertius-kill-") as folder:
        site = Site(folder, relay.server_address[1])
        try:
            good = check(site, relay, run(site, relay))
        finally:
            site.kill()
        if not good:
            print(open(site.log.name).read()[-3000:])
    print("1 passed, 0 failed" if good else "0 passed, 1 failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
