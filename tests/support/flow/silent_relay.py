"""A relay that takes a mail to its last dot and then says nothing more: whoever sent it cannot know what became of it."""
import socketserver
import threading

REPLIES = {"EHLO": "250 silent", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go"}


class SilentRelay(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.port, self.has_the_dot = self.server_address[1], threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 silent\r\n")
        for line in self.rfile:
            self.wfile.write(REPLIES.get(line[:4].decode("latin-1").upper(), "502 what").encode() + b"\r\n")
            if line.upper().startswith(b"DATA"):
                break
        for line in self.rfile:
            if line == b".\r\n":
                self.server.has_the_dot.set()
