"""What a machine does to its programs: the clock jumps, and names are not resolved any more."""
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import threading
import time
import unittest.mock

from soak_site import SoakSite, await_that, folder
from pouring import Pour, Relay, RelaySession, hand_in, wrongs
from relay_faults import said, send_at_last
from table import percentile

FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)  # Debian's libfaketime
JUMPS = ("+1d", "+0", "-1d", "+0", "-1d", "+1d", "+0")
RESOLVER, RELAY_NAME = "127.0.0.77", "relay.soak.test"


class SlowSession(RelaySession):
    """Mails are under way whenever the clock jumps."""

    def took(self, mail):
        self.server.keep(mail)
        if self.server.is_slow:
            time.sleep(0.2)
        self.say(b"250 2.0.0 taken")
        return True


def run_clock(options, table):
    bar = "clock jumps of a day, both ways, under load"
    if FAKETIME is None:
        return table.skipped(bar, "libfaketime is not installed")
    relay = Relay(SlowSession)
    relay.is_slow = True
    with folder("clock") as place:
        site, hands = SoakSite(options.build, place, relay.port), place / "clock"
        hands.write_text("+0")
        # Read at each look at the clock; timers go by the monotonic one, which no administrator sets.
        faked = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(hands), "FAKETIME_NO_CACHE": "1",
                 "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        with unittest.mock.patch.dict(os.environ, faked):
            site.start()
        try:
            pour = Pour(site.lmtp, "clock")
            for jump in JUMPS:
                pour.await_more(30)
                swing(hands, jump)
                time.sleep(1.5)
            acknowledged = pour.stop()
            relay.is_slow = False
            send_at_last(site)  # what was written on the day ahead is due then
            days = site.query("SELECT (MAX(received_at) - MIN(received_at)) / 86400 FROM letters")[0][0]
            wrong, repeats = wrongs(site.query, relay, acknowledged)
            table.bar(bar, f"{len(acknowledged)} letters over {days} days by libfaketime, {repeats} mails again {said(wrong)}",
                      not wrong and not repeats and days >= 2)
        finally:
            site.stop()
            relay.close()


def swing(hands, jump):
    """Whole at once, for it is read in between."""
    fresh = hands.with_suffix(".new")
    fresh.write_text(jump)
    fresh.replace(hands)


# ---- names ----

class Resolver(threading.Thread):
    """Silent, until it is told the address; then it says that of every name."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket, self.address, self.asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), None, 0
        self.socket.bind((RESOLVER, 53))

    def run(self):
        while True:
            query, client = self.socket.recvfrom(4096)
            self.asked += 1
            if self.address:
                self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        """RFC 1035 4.1: the question again, and one A record; none for other types."""
        end = query.index(b"\0", 12) + 5
        kind = struct.unpack(">H", query[end - 4:end - 2])[0]
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + socket.inet_aton(self.address)
        head = query[:2] + struct.pack(">HHHHH", 0x8180, 1, int(kind == 1), 0, 0)
        return head + query[12:end] + (record if kind == 1 else b"")


class TlsSession(RelaySession):
    """A relay with a name is on another machine, and mail goes there through TLS alone."""
    secure = False

    def take(self, verb, line):
        if verb == b"STAR":
            self.say(b"220 go on")
            stream = self.server.tls.wrap_socket(self.request, server_side=True)
            self.rfile, self.wfile, self.secure = stream.makefile("rb"), stream.makefile("wb", buffering=0), True
            return True
        if verb == b"EHLO" and not self.secure:
            self.say(b"250-relay.test\r\n250 STARTTLS")
            return True
        return super().take(verb, line)


def certified(place):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={RELAY_NAME}", "-addext",
                    f"subjectAltName=DNS:{RELAY_NAME}", "-keyout", place / "key.pem", "-out", place / "cert.pem"], check=True,
                   capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "cert.pem", place / "key.pem")
    return context


class NameSite(SoakSite):
    """Sees our resolver alone."""

    def command(self, name, config=True):
        resolv, hosts = self.folder / "resolv.conf", self.folder / "nsswitch.conf"
        resolv.write_text(f"nameserver {RESOLVER}\n")
        hosts.write_text("passwd: files\nhosts: files dns\n")
        words = super().command(name, config)
        if name != "serve":
            return words
        shell = f'mount --bind {resolv} /etc/resolv.conf && mount --bind {hosts} /etc/nsswitch.conf && exec "$@"'
        return ["unshare", "--mount", "sh", "-c", shell, "sh", *words]


def run_names(options, table):
    bar = "DNS silent, then back"
    try:
        resolver = Resolver()
    except OSError as e:
        return table.skipped(bar, f"no resolver may listen on {RESOLVER}: {e.strerror}")
    resolver.start()
    relay = Relay(TlsSession)
    with folder("names") as place:
        relay.tls = certified(place)
        site = NameSite(options.build, place, relay.port)
        site.configure('host = "127.0.0.1"', f'host = "{RELAY_NAME}"\nsecurity = "starttls"\nca_file = "{place}/cert.pem"')
        site.start()
        try:
            times, acknowledged = time_letters(site, max(20, int(200 * options.scale)))
            await_that(lambda: resolver.asked >= 3, "the resolver is asked")
            time.sleep(12)  # until the first lookup has been given up
            quiet = not relay.seen
            resolver.address = "127.0.0.1"
            send_at_last(site)
            wrong, repeats = wrongs(site.query, relay, acknowledged)
            table.bar(bar, f"{len(acknowledged)} letters meanwhile, p99 {percentile(times, 99) * 1000:.0f} ms, asked "
                      f"{resolver.asked} times, {repeats} mails again {said(wrong)}",
                      not wrong and not repeats and quiet and percentile(times, 99) < 1)
        finally:
            site.stop()
            relay.close()


def time_letters(site, letters):
    times, acknowledged = [], []
    for number in range(letters):
        begin = time.monotonic()
        assert hand_in(site.lmtp, f"dns-{number}"), "a letter is taken without DNS"
        times.append(time.monotonic() - begin)
        acknowledged.append(f"dns-{number}@else.example")
    return times, acknowledged
