"""The connectors who have been asked, as their mailboxes have it: what sink.py has kept of the requests."""
import email
import re

TEXT_LINK = re.compile(r"/d/([a-z2-7]+)/forward")


class Asked:
    """One request in the sink's file: to whom, from which envelope sender, and where its octets are."""
    __slots__ = ("address", "bounces", "offset", "size")

    def __init__(self, address, bounces, offset, size):
        self.address, self.bounces, self.offset, self.size = address, bounces, offset, size


class Request:
    """The mail as its reader has it."""

    def __init__(self, raw):
        mail = email.message_from_bytes(raw)
        self.reply_to = email.utils.parseaddr(mail["Reply-To"])[1]
        self.sender = mail["From"]
        self.subject = " ".join(str(mail["Subject"]).split())
        self.message_id, self.date = mail["Message-ID"].strip(), mail["Date"]
        parts = {part.get_content_type(): part for part in mail.walk()}
        self.text = parts["text/plain"].get_payload(decode=True).decode().replace("\r\n", "\n")
        self.html = parts["text/html"].get_payload(decode=True).decode().replace("\r\n", "\n")
        self.token = TEXT_LINK.search(self.text)[1]


def index(path):
    """All of them, in the order of their addresses."""
    out = []
    with open(path, "rb") as file:
        while line := file.readline():
            address, bounces, size = line.decode().split()
            out.append(Asked(address, bounces, file.tell(), int(size)))
            file.seek(int(size), 1)
    return sorted(out, key=lambda asked: asked.address)


def open_request(file, asked):
    file.seek(asked.offset)
    return Request(file.read(asked.size))
