"""Several daemons, one PostgreSQL: any of them answers any page, each does its part, and what only one may do goes on
with another when that one dies.

postgres.sh python3 daemons_test.py TERTIUS [unittest's arguments]
"""
import http.client
import pathlib
import smtplib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support" / "flow"))

from hosts_case import ALICE, CHRISTINE, GAIL, HostsCase, main
from letters import COVER_NOTE, PITCH, letter, link_in, reply

SOFTWARE = 70


def roles(*names):
    return "[daemon]\nroles = [" + ", ".join(f'"{name}"' for name in names) + "]\n"


class DaemonsTest(HostsCase):
    def test_a_page_from_one_and_the_press_to_another(self):
        first, second, third = (self.host(name) for name in ("first", "second", "third"))
        self.one_address()
        self.settle(first)
        for host in self.hosts:
            host.start()
        self.ask(second)
        self.press_between(link_in(self.relay.await_mail(CHRISTINE, "/forward"), "/forward"), second, third)
        self.press_between(link_in(self.relay.await_mail(GAIL, "/accept"), "/accept"), third, first)
        first.await_state("introduced")
        self.assertEqual(sorted(one["pid"] for one in first.ask("status")["daemons"] if one["alive"]),
                         sorted(host.daemon.pid for host in self.hosts))
        for recipient in (CHRISTINE, GAIL):
            ids = [mail["Message-ID"] for mail in self.relay.mails_to(recipient)]
            self.assertEqual(len(ids), len(set(ids)), "nothing went out twice")

    def test_each_host_does_its_part(self):
        pages = self.host("pages", roles("web"))
        mail = self.host("mail", roles("lmtp", "send"))
        clock = self.host("clock", roles("clock"))
        self.one_address()
        self.settle(pages)
        for host in self.hosts:
            host.start()
        self.assertIn("Connection refused", str(self.knock(pages.lmtp)))
        self.assertIn("Connection refused", str(self.knock(mail.web)))
        with smtplib.LMTP("127.0.0.1", mail.lmtp) as lmtp:
            lmtp.send_message(letter(f"Alice Chen <{ALICE}>", "intro@intro.test", "Gail Goodman, Constant Contact",
                                     COVER_NOTE + "\n---\n\n" + PITCH, Cc=CHRISTINE), ALICE, ["intro@intro.test"])
        confirm = self.relay.await_mail(ALICE, "/confirm/")
        pages.press(link_in(confirm, "/confirm/"))
        request = self.relay.await_mail(CHRISTINE, "/forward")
        with smtplib.LMTP("127.0.0.1", mail.lmtp) as lmtp:
            answer = reply(request, f"Christine Weaver <{CHRISTINE}>", "forward")
            lmtp.send_message(answer, CHRISTINE, [request["Reply-To"]])
        # The clock lets it through when its hold is over.
        self.relay.await_mail(GAIL, "/accept")
        parts = {one["pid"]: one["roles"] for one in pages.ask("status")["daemons"]}
        self.assertEqual(parts, {pages.daemon.pid: "web", mail.daemon.pid: "lmtp send", clock.daemon.pid: "clock"})
        self.assertEqual(self.lessee(pages), clock.daemon.pid)

    @staticmethod
    def knock(port):
        try:
            smtplib.LMTP("127.0.0.1", port, timeout=5)
        except OSError as error:
            return error

    def test_the_clock_goes_on_when_its_keeper_is_killed(self):
        first, second = self.host("first"), self.host("second")
        first.start()
        self.await_lessee(first, [first.daemon.pid])
        second.start()
        self.await_lessee(first, [first.daemon.pid])
        first.kill()
        self.await_lessee(second, [second.daemon.pid])
        first.start()
        self.assertEqual(second.stop(), 0)
        self.await_lessee(first, [first.daemon.pid])

    def test_who_died_is_told_of_and_who_ended_is_not(self):
        first, second = self.host("first"), self.host("second")
        first.start(), second.start()
        self.assertEqual(second.stop(), 0)
        self.database.query("INSERT INTO daemons SELECT id + 1, 'far', 'another', 'boot', 1, version, knows_schema, roles, "
                            "started_at, seen_at - 25 FROM daemons")
        there = {one["host"]: one["alive"] for one in first.ask("status")["daemons"]}
        self.assertEqual(len(there), 2)
        self.assertIs(there.pop("far"), False)
        self.assertEqual(list(there.values()), [True])
        self.assertIn("gone, ", first.run("status").stdout.decode())
        first.stop()
        self.assertEqual([one["host"] for one in first.ask("status", exit_code=69)["daemons"]], ["far"])

    def test_the_mails_of_one_that_was_killed_here_go_out_soon(self):
        first, second = self.host("first"), self.host("second")
        self.settle(first)
        self.ask(first)
        self.database.query("UPDATE outbox SET state = 'claimed', claimed_by = 7, lease_until = ready_at + 1800, "
                            "ready_at = ready_at + 1800")
        second.start()
        pid = second.daemon.pid
        here = "SELECT 7, host, machine, boot, {}, version, knows_schema, roles, started_at, seen_at FROM daemons"
        self.database.query("INSERT INTO daemons " + here.format(pid))
        second.kill()
        self.assertEqual(self.relay.mails, [])
        first.start()
        self.relay.await_mail(CHRISTINE, "/forward")
        self.assertEqual([one["pid"] for one in first.ask("status")["daemons"]], [first.daemon.pid])

    def test_a_program_too_old_for_the_schema_ends_with_a_sentence(self):
        host = self.host("first")
        host.start()
        self.database.query("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'future', 0)")
        self.assertEqual(host.daemon.wait(60), SOFTWARE)
        host.daemon = None
        self.assertIn("the database has schema 9999, which works with programs from schema 9999 on", host.log())

    def test_limits_are_shared(self):
        first, second = self.host("first"), self.host("second")
        self.one_address()
        self.settle(first)
        first.start(), second.start()
        token = first.run("token add", "--person", ALICE, "--name", "t", "--scope", "people:read").stdout.decode().strip()
        statuses = []
        for i in range(400):
            statuses.append(self.api_status((first, second)[i % 2], token))
            if statuses[-1] == 429:
                break
        self.assertEqual(statuses[-1], 429)
        self.assertEqual(self.api_status((first, second)[len(statuses) % 2], token), 429, "the other counts along")

    @staticmethod
    def api_status(host, token):
        connection = http.client.HTTPConnection("127.0.0.1", host.web, timeout=20)
        connection.request("GET", "/api/v1/people/me", headers={"Authorization": f"Bearer {token}"})
        status = connection.getresponse().status
        connection.close()
        return status


if __name__ == "__main__":
    main(__doc__, "binary")
