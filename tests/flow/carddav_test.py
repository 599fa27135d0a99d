"""Linked address books, from the real daemon to a real Radicale.

python3 carddav_test.py TERTIUS [unittest's arguments]
"""
import os
import pathlib
import socket
import sqlite3
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from mail_sink import MailSink
from postfix_site import await_that, free_port
from radicale_site import PASSWORD, USER, RadicaleSite, why_not_here
from tertius_site import TertiusSite

ALICE = "alice@example.test"
BOOK = "/alice/contacts/"
binary = ""


class CarddavTest(unittest.TestCase):
    allowed, tls = True, False

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "radicale").mkdir()
        self.dav = RadicaleSite(self.folder / "radicale", self.tls).start()
        self.addCleanup(self.dav.stop)
        relay = MailSink()
        self.addCleanup(relay.close)
        self.site = TertiusSite(binary, folder.name, relay.port, free_port())
        if self.allowed:
            with self.site.config.open("a") as config:
                config.write("[contacts]\nallow_private_address_books = true\n")
        self.site.run("member add", ALICE, "--name", "Alice Chen")
        self.dav.make_book(BOOK)
        self.dav.put(BOOK + "ann.vcf", "Ann Archer", "Acme")
        self.dav.put(BOOK + "ben.vcf", "Ben Baker", "Bakery")

    def link(self, url=None, password=PASSWORD, **more):
        (self.folder / "password").write_text(password + "\n")
        arguments = ["--user", USER, "--password-file", str(self.folder / "password")]
        if more:
            return self.site.run("carddav add", ALICE, url or self.dav.url + BOOK, *arguments, **more)
        return self.site.ask("carddav add", ALICE, url or self.dav.url + BOOK, *arguments)["id"]

    def sync(self, book):
        return self.site.ask("carddav sync", book)

    def failed(self, book):
        done = self.site.run("carddav sync", book, exit_code=69)
        return done.stderr.decode()

    def book(self):
        return self.site.ask("carddav list")[0]

    def contacts(self):
        database = sqlite3.connect(self.folder / "tertius.db", timeout=20)
        rows = database.execute("SELECT people.name FROM ties JOIN people ON people.id = ties.contact "
                                "WHERE source = 'address_book' ORDER BY people.name").fetchall()
        database.close()
        return [name for name, in rows]


class ABookOnRadicale(CarddavTest):
    def test_what_changes_there_changes_here(self):
        book = self.link()
        self.assertEqual(self.sync(book), {"changed": 2, "gone": 0, "contacts_added": 2, "contacts_gone": 0})
        self.assertEqual(self.contacts(), ["Ann Archer", "Ben Baker"])
        self.assertEqual(self.sync(book)["changed"], 0)
        self.dav.put(BOOK + "cleo.vcf", "Cleo Carver", more="PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 5000 + "\r\n")
        self.dav.delete(BOOK + "ben.vcf")
        self.assertEqual(self.sync(book), {"changed": 1, "gone": 1, "contacts_added": 1, "contacts_gone": 1})
        self.assertEqual(self.contacts(), ["Ann Archer", "Cleo Carver"])
        self.dav.delete(BOOK + "ann.vcf")
        self.dav.delete(BOOK + "cleo.vcf")
        self.assertEqual(self.sync(book)["contacts_gone"], 2)
        self.assertEqual(self.contacts(), [])

    def test_a_forgotten_token_is_begun_anew(self):
        book = self.link()
        self.sync(book)
        self.dav.delete(BOOK + "ben.vcf")
        self.dav.put(BOOK + "dora.vcf", "Dora Diver")
        self.dav.forget_tokens()
        self.assertEqual(self.sync(book), {"changed": 1, "gone": 1, "contacts_added": 1, "contacts_gone": 1})
        self.assertEqual(self.contacts(), ["Ann Archer", "Dora Diver"])

    def test_the_server_alone_is_enough(self):
        self.assertEqual(self.sync(self.link(self.dav.url))["changed"], 2)
        self.assertEqual(self.book()["name"], "Contacts")

    def test_of_two_books_one_is_named(self):
        self.dav.make_book("/alice/family/", "Family")
        book = self.link(self.dav.url + "/")
        told = self.failed(book)
        self.assertIn("several address books", told)
        self.assertIn(self.dav.url + "/alice/family/ (Family)", told)

    def test_a_wrong_password_is_said_and_nothing_is_lost(self):
        book = self.link()
        self.sync(book)
        (self.folder / "radicale" / "users").write_text(USER + ":another\n")
        self.dav.stop()
        self.dav.start()
        self.assertIn("refuses the login", self.failed(book))
        self.assertEqual(self.contacts(), ["Ann Archer", "Ben Baker"])
        self.assertEqual(self.book()["standing"], "failing")

    def test_a_server_that_is_away_is_said(self):
        book = self.link()
        self.dav.stop()
        self.assertIn("does not answer", self.failed(book))

    def test_no_address_book_there_is_said(self):
        self.dav.delete(BOOK)
        self.assertIn("no address book", self.failed(self.link(self.dav.url + "/alice/nothing/")))

    def test_the_daemon_reads_it_by_itself(self):
        book = self.link()
        self.site.start()
        self.addCleanup(self.site.stop)
        await_that(lambda: self.contacts() == ["Ann Archer", "Ben Baker"], "the cards are contacts")
        self.assertEqual(self.book()["standing"], "in step")
        self.assertEqual(self.site.stop(), 0)
        self.site.run("carddav remove", book, "--forget")
        self.site.start()
        await_that(lambda: self.contacts() == [], "what it brought is gone")

    def test_a_silent_server_does_not_hold_up_the_end(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.link(f"http://127.0.0.1:{silent.getsockname()[1]}/")
            self.site.start()
            self.addCleanup(self.site.stop)
            accepted, _ = silent.accept()
            self.addCleanup(accepted.close)
            self.assertEqual(self.site.fetch("/healthz")[0], 200)
            self.assertEqual(self.site.stop(within=10), 0)

    def test_removed_it_leaves_what_it_brought(self):
        book = self.link()
        self.sync(book)
        self.site.run("carddav remove", book)
        self.assertEqual(self.contacts(), ["Ann Archer", "Ben Baker"])

    def test_the_password_is_nowhere_in_the_database(self):
        self.sync(self.link())
        for file in self.folder.glob("tertius.db*"):
            self.assertNotIn(PASSWORD.encode(), file.read_bytes())
        self.assertNotIn(PASSWORD, self.site.run("carddav list", "--json").stdout.decode())

    def test_without_the_link_key_the_password_is_gone(self):
        book = self.link()
        (self.folder / "link.key").unlink()
        self.assertIn("link it again", self.failed(book))


class APrivateServer(CarddavTest):
    allowed = False

    def test_is_not_dialled_unless_the_operator_says_so(self):
        for url in [self.dav.url + BOOK, f"https://127.0.0.1:{self.dav.port}/", "https://localhost:5232/"]:
            told = self.link(url, exit_code=65).stderr.decode()
            self.assertTrue("public Internet" in told or "https" in told, told)

    def test_a_name_that_leads_here_is_not_dialled_either(self):
        book = self.link(f"https://{socket.gethostname()}:{self.dav.port}/")
        self.assertIn("No server on the public Internet", self.failed(book))


class ACertificateOfNobody(CarddavTest):
    tls = True

    def test_is_not_trusted_and_gets_no_password(self):
        book = self.link(f"https://localhost:{self.dav.port}{BOOK}")
        self.assertIn("certificate is not trusted", self.failed(book))
        self.assertNotIn(b"REPORT", (self.folder / "radicale" / "radicale.log").read_bytes())


if __name__ == "__main__":
    binary = sys.argv.pop(1)
    if why_not_here():
        print(why_not_here())
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
