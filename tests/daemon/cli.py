"""The real binary in a folder of its own: what the tests of commands share. Its path is the first argument."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

USAGE, DATA, NO_INPUT, NO_USER, SOFTWARE, TRY_LATER, CONFIG = 64, 65, 66, 67, 70, 75, 78

VCARD = """BEGIN:VCARD\r
VERSION:3.0\r
FN:{name}\r
ORG:{organisation}\r
EMAIL:{email}\r
END:VCARD\r
"""

PITCH = """Hi Gail,

I run Acme, where we make ledgers for small harbour shops. You built the partner programme at Constant Contact,
and I would like to learn how you chose your first ten partners, because we start ours in January.

Could we speak for twenty minutes next week? I will share what 40 shop owners told us about email.

Alice
"""

COVER_NOTE = """Christine, we worked together at Rowan. Would you forward the note below to Gail? If it does not fit,
no problem at all, just say no.
"""

LETTER = b"From: Alice Chen <alice@acme.example>\r\nTo: intro@intro.example.org\r\nSubject: Gail Goodman\r\n" \
         b"Message-ID: <1@acme.example>\r\n\r\nPlease introduce me.\r\n"


class Cli(unittest.TestCase):
    binary = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.database = self.folder / "tertius.db"
        self.config = self.write("tertius.toml", self.toml(self.database))

    def toml(self, database):
        return f"""
[broker]
domain = "intro.example.org"
link_key_file = "{self.folder}/link.key"
[storage]
url = "sqlite:{database}"
[web]
public_url = "https://intro.example.org"
"""

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def run_tertius(self, *arguments, given=b"", expect=0):
        environment = {**os.environ, "TERTIUS_CONFIG": str(self.config)}
        done = subprocess.run([binary(), *arguments], input=given, capture_output=True, env=environment, timeout=60)
        self.assertEqual(done.returncode, expect, f"{arguments}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        self.assertNotIn("terminate called", done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def json_of(self, *arguments):
        return json.loads(self.run_tertius(*arguments, "--json")[0])

    def settle(self):
        """Alice and Christine are members; Christine and Bob know both Alice and Gail."""
        for address, name in [("alice@acme.example", "Alice Chen"), ("christine@rowan.example", "Christine Weaver"),
                              ("bob@quarry.example", "Bob Stone")]:
            self.run_tertius("member", "add", address, "--name", name)
        cards = VCARD.format(name="Gail Goodman", organisation="Constant Contact", email="gail@cc.example")
        cards += VCARD.format(name="Alice Chen", organisation="Acme", email="alice@acme.example")
        path = self.write("contacts.vcf", cards)
        for member in ["christine@rowan.example", "bob@quarry.example"]:
            self.run_tertius("import", path, "--member", member)

    def request(self, *more, pitch=PITCH, target="Gail Goodman, Constant Contact", expect=0):
        return self.run_tertius("request", "--member", "alice@acme.example", "--target", target, "--pitch",
                                self.write("pitch.txt", pitch), "--cover-note", self.write("note.txt", COVER_NOTE),
                                *more, expect=expect)


def binary():
    return Cli.binary


def main():
    Cli.binary = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__")
