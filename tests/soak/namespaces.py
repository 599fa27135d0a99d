"""Three hosts and what they share, as network namespaces on one bridge; root alone.

The database is at DATABASE, the relay at RELAY. A host that is cut off from either hears nothing any more: no reset, no
refusal, as behind a switch that has died.
"""
import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time

GATEWAY, DATABASE, RELAY, HOST = "10.77.0.1", "10.77.0.2", "10.77.0.3", "10.77.0.{}"
PORT = {DATABASE: 5432, RELAY: 2525}
BRIDGE = "tertius-soak"


def ip(*words, check=True):
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True)


def why_not_here():
    """None where namespaces can be made."""
    if os.geteuid() != 0:
        return "network namespaces want root"
    tried = ip("netns", "add", "tertius-try", check=False)
    if tried.returncode:
        return f"no network namespaces here: {tried.stderr.strip()}"
    ip("netns", "delete", "tertius-try")
    return None


class Host:
    def __init__(self, number):
        self.number, self.name, self.address = number, f"tertius-{number}", HOST.format(10 + number)
        wire, end = f"tertius{number}", f"tertius{number}e"
        ip("netns", "add", self.name)
        ip("link", "add", wire, "type", "veth", "peer", "name", end)
        ip("link", "set", end, "netns", self.name)
        ip("link", "set", wire, "master", BRIDGE, "up")
        for words in (("address", "add", self.address + "/24", "dev", end), ("link", "set", end, "up"), ("link", "set", "lo", "up")):
            ip("-n", self.name, *words)

    def command(self, *words):
        return ["ip", "netns", "exec", self.name, *map(str, words)]

    def cut_from(self, address):
        ip("-n", self.name, "route", "add", "blackhole", address)

    def join(self, address):
        ip("-n", self.name, "route", "delete", "blackhole", address)

    def close(self):
        ip("netns", "delete", self.name, check=False)


@contextlib.contextmanager
def hosts(count):
    made = []
    try:
        ip("link", "add", BRIDGE, "type", "bridge")
        for address in (GATEWAY, DATABASE, RELAY):
            ip("address", "add", address + "/24", "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for number in range(1, count + 1):
            made.append(Host(number))
        yield made
    finally:
        for host in made:
            host.close()
        ip("link", "delete", BRIDGE, check=False)


class Wire:
    """What comes for `address` goes to a unix socket or a port, as late as `delay` says of the host it comes from."""

    def __init__(self, address, port, path=None, target=None):
        self.place, self.path, self.target, self.delay = (address, port), path, target, {}
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        ready.wait()

    def _run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(asyncio.start_server(self._carry, *self.place))
        ready.set()
        self.loop.run_forever()

    async def _carry(self, reader, writer):
        peer = writer.get_extra_info("peername")[0]
        try:
            far = await (asyncio.open_unix_connection(self.path) if self.path else asyncio.open_connection(*self.target))
        except OSError:
            return writer.close()
        await asyncio.gather(self._pump(reader, far[1], peer), self._pump(far[0], writer, peer))

    async def _pump(self, reader, writer, peer):
        with contextlib.suppress(OSError):
            while octets := await reader.read(65536):
                await asyncio.sleep(self.delay.get(peer, 0))
                writer.write(octets)
                await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()


def main():
    """In a host's namespace: what comes to 127.0.0.1:PORT goes to ADDRESS:PORT. A relay on another machine wants TLS."""
    address, port = sys.argv[1], int(sys.argv[2])
    Wire("127.0.0.1", port, target=(address, port))
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
