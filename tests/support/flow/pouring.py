"""Letters that pour in while something goes wrong, a relay that remembers what it was given, and what must be true of
both afterwards: nothing lost, nothing doubled but what nobody can know.

Each letter is a stranger's, and causes one notice. A pourer is a mail server: it hands each in until it has heard 250.
"""
import random
import re
import socket
import socketserver
import threading
import time

MESSAGE_ID = re.compile(rb"(?mi)^message-id:\s*<([^>]+)>")


class Relay(socketserver.ThreadingTCPServer):
    """Accepts every mail and remembers it by Message-ID."""
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, session=None):
        self.seen, self.lock = {}, threading.Lock()
        super().__init__(("127.0.0.1", 0), session or RelaySession)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def keep(self, mail):
        with self.lock:
            self.seen.setdefault(MESSAGE_ID.search(mail)[1].decode(), []).append(mail)

    def handle_error(self, request, client_address):
        """A daemon that is killed resets its connections."""

    def close(self):
        self.shutdown()
        self.server_close()


class RelaySession(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(b"220 relay.test")
        while line := self.rfile.readline():
            if not self.take(line[:4].upper().strip(), line):
                return

    def take(self, verb, line):
        """False ends the session."""
        if verb == b"EHLO":
            self.say(b"250-relay.test\r\n250-PIPELINING\r\n250 8BITMIME")
        elif verb == b"DATA":
            self.say(b"354 go on")
            mail = self.read_mail()
            return mail is not None and self.took(mail)
        elif verb == b"QUIT":
            self.say(b"221 bye")
            return False
        else:
            self.say(b"250 2.0.0 ok")
        return True

    def read_mail(self):
        mail = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            mail += line
        return mail if line else None

    def took(self, mail):
        self.server.keep(mail)
        time.sleep(random.random() * 0.004)  # so that kills fall between the dot and the settling
        self.say(b"250 2.0.0 taken")
        return True

    def say(self, line):
        self.wfile.write(line + b"\r\n")


def letter_of(key):
    return (f"From: {key}@else.example\r\nTo: intro@intro.test\r\nSubject: hello\r\n"
            f"Message-ID: <{key}@else.example>\r\n\r\nWho are you?\r\n")


def hand_in(port, key):
    """Whether it was answered 250."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as s, s.makefile("rb") as replies:
            def said(code):
                while True:
                    line = replies.readline()
                    if not line:
                        return False
                    if line[3:4] != b"-":
                        return line.startswith(code)
            for command, code in ((None, b"220"), ("LHLO pourer.test", b"250"), (f"MAIL FROM:<{key}@else.example>", b"250"),
                                  ("RCPT TO:<intro@intro.test>", b"250"), ("DATA", b"354"), (letter_of(key) + ".", b"250")):
                if command:
                    s.sendall(command.encode() + b"\r\n")
                if not said(code):
                    return False
            return True
    except OSError:
        return False


class Pourer(threading.Thread):
    """`most`: letters, and no more than that."""

    def __init__(self, port, name, most=None):
        super().__init__(daemon=True)
        self.port, self.name_, self.most, self.stop_ = port, name, most, threading.Event()
        self.acknowledged, self.refused, self.trouble = [], 0, None

    def run(self):
        try:
            number = 0
            while not self.stop_.is_set() and number != self.most:
                number += 1
                key = f"{self.name_}-{number}"
                while not hand_in(self.port, key):
                    self.refused += 1
                    time.sleep(0.01)
                self.acknowledged.append(f"{key}@else.example")
        except Exception as e:
            self.trouble = e


class Pour:
    """Several of them at once."""

    def __init__(self, port, name, pourers=3, most=None):
        self.pourers = [Pourer(port, f"{name}{i}", most) for i in range(pourers)]
        for pourer in self.pourers:
            pourer.start()

    def acknowledged(self):
        return [key for pourer in self.pourers for key in pourer.acknowledged]

    def refused(self):
        return sum(pourer.refused for pourer in self.pourers)

    def await_more(self, letters, seconds=20):
        """Until so many more are in, or for so long."""
        goal, until = len(self.acknowledged()) + letters, time.monotonic() + seconds
        while len(self.acknowledged()) < goal and time.monotonic() < until:
            time.sleep(random.random() * 0.005)
        return len(self.acknowledged()) >= goal

    def stop(self, seconds=60):
        for pourer in self.pourers:
            pourer.stop_.set()
        return self.end(seconds)

    def end(self, seconds=60):
        """What they have heard 250 for; waits until each has its `most`, or its last."""
        for pourer in self.pourers:
            pourer.join(seconds)
            assert not pourer.is_alive(), f"a letter is not taken within {seconds} s"
            assert pourer.trouble is None, pourer.trouble
        return self.acknowledged()


def wrongs(query, relay, acknowledged):
    """What is wrong with the database and with what the relay has seen: {what: which}. And how many mails came twice."""
    stored = query("SELECT message_id, COUNT(*), MIN(outcome) FROM letters GROUP BY message_id")
    counts = {message_id: int(count) for message_id, count, _ in stored}
    rows = query("SELECT message_id, state FROM outbox")
    ids = {row[0] for row in rows}
    with relay.lock:
        seen = {key: list(copies) for key, copies in relay.seen.items()}
    out = {
        "letters lost": [key for key in acknowledged if key not in counts],
        "letters stored twice": [key for key, count in counts.items() if count > 1],
        "letters without outcome": [row for row in stored if not row[2]],
        "notices not sent": [row for row in rows if row[1] != "sent"],
        "notices the relay never saw": [key for key in ids if key not in seen],
        "mails without a row": [key for key in seen if key not in ids],
        "repeats with other bytes": [key for key, copies in seen.items() if any(copy != copies[0] for copy in copies)],
        "letters without a notice": ["?"] * max(0, len(counts) - len(rows)),
    }
    return {what: which for what, which in out.items() if which}, sum(len(copies) - 1 for copies in seen.values())
