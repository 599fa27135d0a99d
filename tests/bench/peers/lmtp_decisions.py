"""The peer in Python: a letter over LMTP (aiosmtpd) is read (email), its decision and the letter itself are committed
(sqlite3, as durable as ours). lmtp_decisions.py DATABASE LETTERS. Says its port; ends with its standard input. It does
less than Tertius: no check of the sender, of a signature, of machine mail, and no receipt.
"""
import asyncio
import email
import email.policy
import hashlib
import re
import sqlite3
import sys

from aiosmtpd.lmtp import LMTP

SCHEMA = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE introductions (address TEXT PRIMARY KEY, decision TEXT, effective_at INTEGER);
CREATE TABLE letters (sha256 TEXT PRIMARY KEY, sender TEXT, recipient TEXT, message_id TEXT, subject TEXT, raw BLOB);
CREATE INDEX letters_message_id ON letters (message_id);
CREATE TABLE history (address TEXT, at INTEGER, remark TEXT);
"""
WORDS = re.compile(r"\s*(forward|decline|later)\b", re.IGNORECASE)


def decision_in(message):
    text = message.get_body(preferencelist=("plain", "html")).get_content()
    own = [line for line in text.splitlines() if not line.startswith(">")]
    found = WORDS.match("\n".join(own))
    return found and found[1].lower()


class Decisions:
    def __init__(self, path, letters):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(SCHEMA)
        self.db.execute("BEGIN")
        for address in letters:
            self.db.execute("INSERT INTO introductions (address) VALUES (?)", (address,))
        self.db.execute("COMMIT")

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        decision, digest, address = decision_in(message), hashlib.sha256(raw).hexdigest(), envelope.rcpt_tos[0]
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        if not db.execute("SELECT 1 FROM letters WHERE sha256 = ? OR message_id = ?",
                          (digest, message["message-id"])).fetchone():
            db.execute("UPDATE introductions SET decision = ?, effective_at = 120 WHERE address = ?", (decision, address))
            db.execute("INSERT INTO history VALUES (?, 0, ?)", (address, decision))
            db.execute("INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?)",
                       (digest, envelope.mail_from, address, message["message-id"], message["subject"], raw))
        db.execute("COMMIT")
        return "250 taken"


def recipients(path):
    with open(path, "rb") as file:
        while line := file.readline():
            _, recipient, size = line.split()
            file.seek(int(size), 1)
            yield recipient.decode()


async def main(path, letters):
    decisions = Decisions(path, recipients(letters))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: LMTP(decisions), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    decided = decisions.db.execute("SELECT COUNT(*) FROM introductions WHERE decision = 'forward'").fetchone()[0]
    print(decided, flush=True)


asyncio.run(main(*sys.argv[1:]))
