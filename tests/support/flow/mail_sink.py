"""A relay that takes every mail and keeps it, parsed."""
import email
import email.policy
import socketserver
import threading

from postfix_site import await_that

REPLIES = {"EHLO": "250-sink.test\r\n250 8BITMIME", "MAIL": "250 ok", "RCPT": "250 ok", "QUIT": "221 bye"}


class MailSink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.port, self.mails = self.server_address[1], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A daemon that is killed resets its connections."""

    def close(self):
        self.shutdown()
        self.server_close()

    def mails_to(self, address):
        return [mail for recipient, mail in list(self.mails) if recipient == address]

    def await_mail(self, address, words):
        """The newest one with these words in it."""
        def found():
            return next((mail for mail in reversed(self.mails_to(address)) if words in mail.get_body().get_content()), None)
        return await_that(found, f"a mail with {words!r} to {address}", 20)


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        recipient = ""
        self.say("220 sink.test")
        for line in self.rfile:
            verb = line[:4].decode("latin-1").upper()
            if verb == "RCPT":
                recipient = line.decode().split("<", 1)[1].split(">", 1)[0].lower()
            if verb != "DATA":
                self.say(REPLIES.get(verb, "250 ok"))
                continue
            self.say("354 go on")
            mail = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.mails.append((recipient, email.message_from_bytes(mail, policy=email.policy.default)))
            self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")
