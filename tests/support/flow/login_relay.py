"""A relay that takes mail after a login alone (AUTH PLAIN, RFC 4616), and whose password can be changed."""
import base64
import socketserver
import threading


class LoginRelay(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, password):
        super().__init__(("127.0.0.1", 0), Talk)
        self.port, self.password = self.server_address[1], password
        self.refused, self.recipients = 0, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()

    def knows(self, response):
        _, _, password = base64.b64decode(response).decode().split("\0")
        good = password == self.password
        self.refused += not good
        return good


class Talk(socketserver.StreamRequestHandler):
    logged_in = False

    def handle(self):
        self.say("220 login")
        for line in self.rfile:
            verb, _, rest = line.decode("latin-1").strip().partition(" ")
            self.say(self.answer(verb.upper(), rest))
            if verb.upper() == "DATA" and self.logged_in:
                while self.rfile.readline() != b".\r\n":
                    pass
                self.say("250 taken")

    def answer(self, verb, rest):
        if verb == "EHLO":
            return "250-login\r\n250 AUTH PLAIN"
        if verb == "AUTH":
            self.logged_in = self.server.knows(rest.partition(" ")[2] or self.challenge())
            return "235 welcome" if self.logged_in else "535 5.7.8 no"
        if not self.logged_in:
            return "530 5.7.0 log in first"
        if verb == "RCPT":
            self.server.recipients.append(rest[rest.index("<") + 1:rest.index(">")])
        return "354 go" if verb == "DATA" else "250 ok"

    def challenge(self):
        self.say("334 ")
        return self.rfile.readline().strip()

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
