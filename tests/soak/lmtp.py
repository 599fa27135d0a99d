"""An LMTP client that pipelines, as mail servers do, and keeps its connection."""
import collections
import socket
import time


class LmtpClient:
    """Of several ports it dials another where one does not answer, or asks it to come again."""

    def __init__(self, ports, seconds=60):
        self.ports, self.seconds, self.socket, self.replies = collections.deque(ports), seconds, None, None
        self.ports.rotate(id(self))  # somewhere

    def connect(self):
        if self.socket is not None:
            return
        self.socket = socket.create_connection(("127.0.0.1", self.ports[0]), timeout=self.seconds)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb")
        self._reply()
        self.socket.sendall(b"LHLO mx.example.test\r\n")
        self._reply()

    def _reply(self):
        while True:
            line = self.replies.readline()
            if not line:
                raise ConnectionError("the server has closed the connection")
            if line[3:4] != b"-":
                return int(line[:3])

    def deliver(self, sender, recipient, letter):
        """The server's last word on it: of RCPT where that was no, else of the dot. OSError where there is none."""
        try:
            self.connect()
            self.socket.sendall(b"MAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n" % (sender.encode(), recipient.encode()))
            mail, rcpt, data = self._reply(), self._reply(), self._reply()
            if data != 354:
                self.socket.sendall(b"RSET\r\n")
                self._reply()
                return max(mail, rcpt)
            self.socket.sendall(stuffed(letter) + b".\r\n")
            return self._reply()
        except OSError:
            self.close()
            raise

    def deliver_at_last(self, sender, recipient, letter, seconds=120):
        """As a mail server's queue: again until it is a 2xx or 5xx. The answer, and how often it was to come again."""
        end, again = time.monotonic() + seconds, 0
        while True:
            try:
                code = self.deliver(sender, recipient, letter)
            except OSError:
                code = 400
            if not 400 <= code < 500 or time.monotonic() > end:
                return code, again
            again += 1
            if len(self.ports) > 1:
                self.close()
                self.ports.rotate()
            time.sleep(0.05)

    def close(self):
        if self.socket is not None:
            self.replies.close()
            self.socket.close()
        self.socket = None


def stuffed(letter):
    """RFC 5321 4.5.2."""
    return (b"." if letter.startswith(b".") else b"") + letter.replace(b"\r\n.", b"\r\n..")
