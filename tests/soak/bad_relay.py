"""A relay with moods. What it has answered, or might have taken, it remembers as the good one does."""
import random
import time

import soak_site  # noqa: F401, for the paths
from pouring import Relay, RelaySession

STALL = 3  # seconds of silence; then it hangs up
GARBAGE = (b"\xff\xfe\0\0 hello", b"999", b"HTTP/1.1 200 OK", b"250", b"35", b"-250 ok", b"2500 ok", b"354 go on", b"250-and", b"",
           b"x" * 70_000, b"235 2.7.0 welcome", b"250 2.0.0 \0\0\0", b"421", b"\x1b[2J", b"220 " + b"\xc3" * 500)


class BadRelay(Relay):
    def __init__(self):
        self.mood, self.met, self.unanswered, self.known = "good", 0, 0, set()
        super().__init__(BadSession)

    def meets(self):
        with self.lock:
            self.met += 1

    def knows(self, recipient):
        """Greylisting: from the second time on."""
        with self.lock:
            known = recipient in self.known
            self.known.add(recipient)
        return known


class BadSession(RelaySession):
    def handle(self):
        if self.server.mood == "421":
            self.server.meets()
            return self.say(b"421 4.3.2 too busy")
        if self.server.mood == "garbage" and random.random() < 0.3:
            self.server.meets()
            return self.say(random.choice(GARBAGE))
        super().handle()

    def take(self, verb, line):
        return MOODS.get(self.server.mood, RelaySession.take)(self, verb, line)

    def stall(self):
        self.server.meets()
        until = time.monotonic() + STALL
        while time.monotonic() < until and self.server.mood != "good":
            time.sleep(0.05)
        return False


def is_too_busy(session, verb, line):
    """On connections from before; new ones are told at the door."""
    session.server.meets()
    session.say(b"421 4.3.2 too busy")
    return False


def refuses(session, verb, line):
    if verb == b"RCPT":
        session.server.meets()
        session.say(b"550 5.1.1 nobody of that name")
        return True
    return RelaySession.take(session, verb, line)


def refuses_for_now(session, verb, line):
    if verb == b"MAIL":
        session.server.meets()
        session.say(b"451 4.3.0 my disk is full")
        return True
    return RelaySession.take(session, verb, line)


def greylists(session, verb, line):
    if verb == b"RCPT" and not session.server.knows(line):
        session.server.meets()
        session.say(b"450 4.7.1 come back later")
        return True
    return RelaySession.take(session, verb, line)


def stalls(session, verb, line):
    return session.stall() if verb == b"RCPT" else RelaySession.take(session, verb, line)


def stalls_behind_the_dot(session, verb, line):
    return to_the_dot(session, verb, line, session.stall)


def drops_behind_the_dot(session, verb, line):
    return to_the_dot(session, verb, line, lambda: session.server.meets())


def drops_in_the_mail(session, verb, line):
    if verb == b"DATA":
        session.server.meets()
        session.say(b"354 go on")
        session.rfile.read(100)
        return False
    return RelaySession.take(session, verb, line)


def to_the_dot(session, verb, line, then):
    """It has the mail, and does not say so: that comes once more, and nobody could know better."""
    if verb != b"DATA":
        return RelaySession.take(session, verb, line)
    session.say(b"354 go on")
    mail = session.read_mail()
    if mail is not None:
        session.server.keep(mail)
        session.server.unanswered += 1
        then()
    return False


def garbage(session, verb, line):
    if verb == b"DATA":  # nothing is taken in this mood, so that a mail behind a dot is one that was given up
        session.server.meets()
        session.say(random.choice([one for one in GARBAGE if not one.startswith(b"354")]))
        return False
    if random.random() < 0.5:
        session.server.meets()
        session.say(random.choice(GARBAGE))
        return random.random() < 0.7
    return RelaySession.take(session, verb, line)


MOODS = {"421": is_too_busy, "refuses": refuses, "refuses for now": refuses_for_now, "greylists": greylists, "stalls": stalls,
         "stalls behind the dot": stalls_behind_the_dot, "drops behind the dot": drops_behind_the_dot,
         "drops in the mail": drops_in_the_mail, "garbage": garbage}
