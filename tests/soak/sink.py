#!/usr/bin/env python3
"""A relay that takes everything, as fast as Python can: sink.py FOLDER WORDS

Prints its port, and ends with its standard input. FOLDER/ids has a line "message-id recipient" for each mail, FOLDER/mails
the mails whose subject begins with WORDS, each behind a line "recipient envelope-sender octets".
"""
import asyncio
import pathlib
import re
import sys

MESSAGE_ID = re.compile(rb"(?mi)^message-id:\s*<([^>]+)>")


class Session(asyncio.Protocol):
    def __init__(self, ids, mails, words):
        self.ids, self.mails, self.subject = ids, mails, b"\nSubject: " + words.encode()
        self.buffer, self.sender, self.recipient, self.in_data = b"", b"", b"", False

    def connection_made(self, transport):
        self.transport = transport
        transport.write(b"220 sink.test\r\n")

    def data_received(self, data):
        self.buffer += data
        while self.take_mail() if self.in_data else self.take_line():
            pass

    def take_line(self):
        line, end, rest = self.buffer.partition(b"\r\n")
        if not end:
            return False
        self.buffer = rest
        self.transport.write(self.answer(line))
        return True

    def answer(self, line):
        verb = line[:4].upper()
        if verb == b"EHLO":
            return b"250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        if verb == b"MAIL":
            self.sender = line[line.index(b"<") + 1:line.index(b">")]
        if verb == b"RCPT":
            self.recipient = line[line.index(b"<") + 1:line.index(b">")].lower()
        self.in_data = verb == b"DATA"
        return b"354 go on\r\n" if self.in_data else b"250 2.0.0 ok\r\n"

    def take_mail(self):
        mail, end, rest = self.buffer.partition(b"\r\n.\r\n")
        if not end:
            return False
        self.buffer, self.in_data = rest, False
        self.ids.write(MESSAGE_ID.search(mail)[1] + b" " + self.recipient + b"\n")
        if self.subject in mail:
            self.mails.write(b"%s %s %d\n%s" % (self.recipient, self.sender, len(mail), mail))
        self.transport.write(b"250 2.0.0 taken\r\n")
        return True


async def main(folder, words):
    with open(folder / "ids", "wb") as ids, open(folder / "mails", "wb") as mails:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Session(ids, mails, words), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):  # "flush", or the end
            ids.flush()
            mails.flush()
            print(line.strip(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
