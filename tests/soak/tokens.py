"""Tokens as broker/link makes them, from the key's file: who has the key makes any of them, and nobody else one."""
import base64
import hashlib

ROLES = {"requester": 0, "connector": 1, "target": 2}
USES = {"decision": 0, "confirm": 1, "undo": 2, "bounce": 3, "stop": 4, "show": 5, "reply": 6, "thread": 7}


class Key:
    def __init__(self, line):
        number, secret = line.split()
        self.id, self.secret = int(number), bytes.fromhex(secret)

    def token(self, subject, role, use, turn=1):
        body = subject.to_bytes(8, "big") + bytes([ROLES[role] << 4 | USES[use], turn, self.id])
        mac = hashlib.blake2b(b"t" + body, key=self.secret, digest_size=16).digest()[:12]
        return base64.b32encode(body + mac).decode().rstrip("=").lower()


def signing_key(file):
    return Key(next(line for line in file.read_text().splitlines() if not line.startswith("#")))
