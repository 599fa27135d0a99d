"""Starts the daemon as systemd does: with sockets that listen already, and an ear for what it says of itself."""

import os
import select
import signal
import socket
import subprocess
import time

from postfix_site import LONGEST_WAIT, end_with_parent


class Supervisor:
    """`sockets`: name to a listening socket. They stay open from one life of the daemon to the next."""

    def __init__(self, site, sockets=None, environment=None):
        self.site, self.sockets, self.more = site, sockets or {}, environment or {}
        self.path = str(site.folder / "notify")
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(self.path)
        self.heard, self.daemon = [], None

    def start(self, wait=True):
        environment = {**os.environ, "NOTIFY_SOCKET": self.path, **self.more}
        command = self.site.command("serve")
        if self.sockets:
            environment |= {"LISTEN_FDS": str(len(self.sockets)), "LISTEN_FDNAMES": ":".join(self.sockets)}
        places = range(3, 3 + len(self.sockets))

        def hand_in():
            end_with_parent()
            # By way of numbers that are none of theirs, for one may sit in another's place.
            high = [os.dup2(each.fileno(), 100 + i) for i, each in enumerate(self.sockets.values())]
            for place, number in zip(places, high):
                os.dup2(number, place)

        # The variables name the process that they are for, which the shell is until it has become the daemon.
        shell = ["sh", "-c", 'export LISTEN_PID=$$ WATCHDOG_PID=$$; exec "$@"', "sh", *command]
        with (self.site.folder / "daemon.log").open("ab") as log:
            self.daemon = subprocess.Popen(shell, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                                           preexec_fn=hand_in, pass_fds=list(places))
        if wait:
            self.await_word("READY", "1")

    def listen(self, seconds):
        """What it says next, as a dict; nothing where it is silent for so long."""
        if not select.select([self.ear], [], [], seconds)[0]:
            return None
        words = dict(line.split("=", 1) for line in self.ear.recv(65536).decode().splitlines())
        self.heard.append(words)
        return words

    def await_word(self, key, value=None):
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            words = self.listen(0.2)
            if words and key in words and value in (None, words[key]):
                return words
            if words is None and self.daemon.poll() is not None:
                break
        raise AssertionError(f"it never said {key}={value}, but {self.heard[-5:]}:\n{self.site.log()}")

    def signal(self, number):
        self.daemon.send_signal(number)

    def stop(self, within=15):
        if self.daemon is None:
            return 0
        self.daemon.send_signal(signal.SIGTERM)
        try:
            return self.daemon.wait(within)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            self.daemon.wait()
            raise AssertionError("SIGTERM did not end it:\n" + self.site.log()) from None
        finally:
            self.daemon = None

    def wait(self):
        """Its exit code, where it ends by itself."""
        code, self.daemon = self.daemon.wait(LONGEST_WAIT), None
        return code

    def close(self):
        self.stop()
        self.ear.close()


def listening(family=socket.AF_INET, address=("127.0.0.1", 0)):
    out = socket.socket(family, socket.SOCK_STREAM)
    out.bind(address)
    out.listen(4096)
    return out
