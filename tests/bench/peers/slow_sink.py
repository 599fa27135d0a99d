"""A relay that takes its time to accept: slow_sink.py SECONDS. Says its port; ends with its standard input."""
import asyncio
import sys

DELAY = float(sys.argv[1])


class Relay(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.input, self.in_letter, self.waiting = transport, b"", False, False
        transport.write(b"220 slow.example ESMTP\r\n")

    def data_received(self, data):
        self.input += data
        self.take()

    def take(self):
        while not self.waiting:
            end = b"\r\n.\r\n" if self.in_letter else b"\r\n"
            line, found, rest = self.input.partition(end)
            if not found:
                return
            self.input = rest
            self.take_letter() if self.in_letter else self.take_command(line[:4].upper())

    def take_letter(self):
        self.in_letter, self.waiting = False, True
        asyncio.get_running_loop().call_later(DELAY, self.accept)

    def accept(self):
        self.waiting = False
        self.transport.write(b"250 2.0.0 taken\r\n")
        self.take()

    def take_command(self, word):
        if word == b"EHLO":
            self.transport.write(b"250-slow.example\r\n250 PIPELINING\r\n")
        elif word == b"DATA":
            self.in_letter = True
            self.transport.write(b"354 go on\r\n")
        elif word == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(b"250 2.0.0 fine\r\n")


async def main():
    server = await asyncio.get_running_loop().create_server(Relay, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
