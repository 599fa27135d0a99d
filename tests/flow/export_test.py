"""All that is known of somebody, as files: their letters and the mails to them come back out of the mbox to the octet.

python3 export_test.py TERTIUS [unittest's arguments]
"""
import json
import mailbox
import pathlib
import re
import sqlite3
import stat
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from letters import CONNECTIONS_CSV, GAIL_VCF, link_in, new_request, reply
from mail_sink import MailSink
from postfix_site import await_that, free_port
from tertius_site import TertiusSite

ALICE, CHRISTINE, GAIL, INTRO = "alice@example.test", "christine@example.test", "gail@example.test", "intro@intro.test"
ZED = "zed@stranger.test"
NO_USER, CANNOT_CREATE = 67, 73
binary = ""

HARD = (b"Subject: hard\r\nMessage-ID: <hard@example.test>\r\nFrom: Alice <alice@example.test>\r\n\r\n"
        b"From the beginning\r\n>From the other\r\n>>From both\r\n From afar\r\n\r\nFrom \r\n\xe9\xff\x00 bytes\r\n"
        b"From alice@example.test Mon Mar  9 12:00:00 2026\r\nSubject: no letter of its own\r\n\r\nno end of line")
LF = b"Subject: lf\nFrom: alice@example.test\n\nwords\n\n\nFrom me\n"


def octets(mail):
    """A message of the mbox as it was before it was quoted."""
    return re.sub(rb"^>(>*From )", rb"\1", mail, flags=re.MULTILINE)


def as_lf(letter):
    letter = letter.replace(b"\r\n", b"\n")
    return letter if letter.endswith(b"\n") else letter + b"\n"


class ExportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="tertius-test-")
        self.addCleanup(folder.cleanup)
        self.folder, self.relay = pathlib.Path(folder.name), MailSink()
        self.addCleanup(self.relay.close)
        self.site = TertiusSite(binary, folder.name, self.relay.port, free_port())
        self.site.run("member add", ALICE, "--name", "Alice Chen", "--organisation", "Harbour Ledger")
        self.site.run("member add", CHRISTINE, "--name", "Christine Weaver", "--organisation", "Rowan Ventures")
        self.site.run("import", "--member", ALICE, "-", given=CONNECTIONS_CSV.format(connector=CHRISTINE).encode())
        (self.folder / "gail.vcf").write_text(GAIL_VCF)
        self.site.run("import", "--member", CHRISTINE, str(self.folder / "gail.vcf"))
        self.site.run("import", "--format", "ties", "-", given=f"owner,contact,rating\n{CHRISTINE},{ALICE},0.5\n".encode())

    def write(self, letter, sender=ALICE):
        self.site.run("inject", "--sender", sender, given=letter)

    def export(self, address, name="out", exit_code=0):
        out = self.folder / name
        self.site.run("export", address, "--out", str(out), exit_code=exit_code)
        return out

    def mails(self, out):
        box = mailbox.mbox(out / "mails.mbox", create=False)
        self.addCleanup(box.close)
        return [octets(box.get_bytes(key)) for key in box.keys()], [box[key] for key in box.keys()]

    def test_letters_come_back_to_the_octet_in_their_order(self):
        letters = [HARD, LF, b"Subject: 3\r\n\r\n" + b"x" * 100_000, HARD.replace(b"hard", b"last")]
        for letter in letters:
            self.write(letter)
        self.write(b"Subject: another's\r\n\r\n", CHRISTINE)
        bytes_of, messages = self.mails(self.export(ALICE))
        self.assertEqual([mail for mail in bytes_of if b"subject: " in mail[:9].lower()], [as_lf(one) for one in letters])
        self.assertEqual(messages[0].get_from().split()[0], ALICE)

    def test_mails_to_them_are_those_that_went_out(self):
        self.site.start()
        self.addCleanup(self.site.stop)
        self.write(new_request(CHRISTINE).as_bytes())
        self.site.press(link_in(self.relay.await_mail(ALICE, "/confirm/"), "/confirm/"))
        request = self.relay.await_mail(CHRISTINE, "/forward")
        await_that(lambda: all(one["state"] == "sent" for one in self.site.notices_to(CHRISTINE)), "it is settled")
        answer = reply(request, CHRISTINE, "forward")
        self.site.run("inject", "--sender", CHRISTINE, "--recipient", request["Reply-To"].split("<")[-1].strip(">"),
                      given=answer.as_bytes())
        bytes_of, messages = self.mails(self.export(CHRISTINE))
        self.assertEqual([one["Message-ID"] for one in messages], [request["Message-ID"], answer["Message-ID"]])
        sent = request.as_bytes(policy=request.policy.clone(linesep="\n", cte_type="8bit", max_line_length=None))
        self.assertEqual(bytes_of[0].split(b"\n\n", 1)[1], sent.split(b"\n\n", 1)[1])
        self.assertEqual(bytes_of[1], as_lf(answer.as_bytes()))

    def test_what_waits_and_what_is_another_s_is_not_in_it(self):
        self.write(new_request(CHRISTINE).as_bytes())
        self.assertEqual(len(self.site.notices_to(ALICE)), 1)
        bytes_of, _ = self.mails(self.export(ALICE))
        self.assertEqual(len(bytes_of), 1, "the letter, and no mail that has not gone out")
        self.assertEqual(self.mails(self.export(GAIL, "gail"))[0], [])

    def test_the_data_is_that_of_the_command_without_files(self):
        self.write(LF)
        known = json.loads((self.export(ALICE) / "person.json").read_text())
        said = json.loads(self.site.run("export", ALICE).stdout)
        self.assertEqual(known["letters"], said["letters"])
        self.assertEqual(known["person"]["addresses"], [ALICE])

    def test_they_are_for_nobody_else_and_nothing_is_written_over(self):
        out = self.export(ALICE)
        for file in [out, out / "person.json", out / "mails.mbox"]:
            self.assertEqual(stat.S_IMODE(file.stat().st_mode) & 0o077, 0, file)
        before = (out / "person.json").read_bytes()
        self.export(CHRISTINE, exit_code=CANNOT_CREATE)
        self.assertEqual((out / "person.json").read_bytes(), before)
        self.export(ALICE, "there/is/none", exit_code=CANNOT_CREATE)
        (self.folder / "file").write_text("mine")
        self.export(ALICE, "file", exit_code=CANNOT_CREATE)

    def test_what_was_begun_and_not_finished_leaves_nothing(self):
        out = self.folder / "out"
        out.mkdir()
        (out / "mails.mbox").write_text("mine")
        self.export(ALICE, exit_code=CANNOT_CREATE)
        self.assertEqual([file.name for file in out.iterdir()], ["mails.mbox"])
        self.assertEqual((out / "mails.mbox").read_text(), "mine")
        (out / "mails.mbox").unlink()
        self.export(ALICE)
        self.assertEqual({file.name for file in out.iterdir()}, {"person.json", "mails.mbox"})

    def test_a_stranger_who_wrote_is_exported_and_erased(self):
        self.site.run("export", ZED, exit_code=NO_USER)
        self.site.run("erase", ZED, "--yes", exit_code=NO_USER)
        letter = LF.replace(ALICE.encode(), ZED.encode())
        self.write(letter, ZED)
        out = self.export(ZED)
        known = json.loads((out / "person.json").read_text())
        self.assertEqual(sorted(known), ["address", "community", "letters", "made_at", "notices"])
        self.assertEqual((known["address"], len(known["letters"])), (ZED, 1))
        self.assertEqual(self.mails(out)[0], [as_lf(letter)])
        self.site.run("erase", ZED, "--yes")
        self.site.run("export", ZED, exit_code=NO_USER)
        self.assertEqual((self.site.ask("letters"), self.site.notices_to(ZED)), ([], []))
        noted = self.site.ask("audit")[:2]
        self.assertEqual([one["what"] for one in noted], ["erase", "export"])
        self.assertEqual(noted[0]["subject"], noted[1]["subject"])
        self.assertRegex(noted[0]["subject"], "^address keyed:[0-9a-f]{64}$")

    def test_what_was_kept_for_its_time_is_no_mail_any_more(self):
        self.write(HARD)
        self.write(LF)
        with sqlite3.connect(self.folder / "tertius.db") as db:
            db.execute("UPDATE letters SET received_at = received_at - 91 * 86400 WHERE subject = 'hard'")
        db.close()
        old = next(one["id"] for one in self.site.ask("letters") if one["subject"] == "hard")
        self.site.start()
        self.addCleanup(self.site.stop)
        await_that(lambda: "event=forgotten letters=1" in self.site.log(), "the daemon forgets it", 30)
        self.assertIn(b"retention.letters", self.site.run("letters", str(old), exit_code=65).stderr)
        self.assertNotIn("hard", [one["subject"] for one in self.site.ask("letters")], "nor what it was about")
        exported, _ = self.mails(self.export(ALICE))
        self.assertIn(as_lf(LF), exported)
        self.assertNotIn(as_lf(HARD), exported)
        self.assertEqual(self.site.ask("audit")[1]["subject"], "letters=1")
        self.write(HARD)
        self.assertEqual(len(self.site.ask("letters")), 2, "it is known when it comes again")


if __name__ == "__main__":
    binary = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
