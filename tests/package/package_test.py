"""The .deb in a clean Debian 12 that is booted in a container: installed, started, upgraded, removed, purged.

    python3 package_test.py BUILD-FOLDER [unittest's arguments]; exits 77 where nobody is root, or debootstrap is missing.
"""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/support/package"))

from machine import Machine, call, debian, why_not_here

build = ""
# Asks for pages until its input ends, each on a connection of its own; says what went wrong, and how many were answered.
VISITOR = """
import select, sys, urllib.request
asked = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    with urllib.request.urlopen("http://127.0.0.1:8025/healthz", timeout=60) as answer:
        assert answer.read() == b"ok\\n"
    asked += 1
print(asked)
"""
DATA = "/var/lib/tertius"
UNITS = "tertius.service tertius-http.socket tertius-lmtp.socket"


def pack(folder, version=None):
    done = call(str(SOURCE / "cmake/package.sh"), build, str(folder), *([version] if version else []))
    return done.stdout.strip().splitlines()[-1]


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="tertius-package-", ignore_cleanup_errors=True)
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.deb = pack(cls.folder / "first")
        cls.newer = pack(cls.folder / "newer", "9.9.9")
        debian(Path(build) / "package", cls.folder / "debian")
        cls.installed = None

    def machine(self, name, lower, network=False):
        machine = Machine(self.folder / name, lower, network)
        self.addCleanup(machine.close)
        return machine

    def fresh(self):
        """Debian with Tertius installed by apt, which fetches the libraries; the first who asks has it installed."""
        if PackageTest.installed is None:
            machine = Machine(self.folder / "installed", [self.folder / "debian"], network=True)
            try:
                machine.put(self.deb, "/tmp/tertius.deb")
                shutil.copy(self.deb, machine.root / "var/cache/tertius.deb")
                machine.run("apt-get -qq update && apt-get -qq -y --no-install-recommends install "
                            "/var/cache/tertius.deb man-db debconf-utils")
                PackageTest.said = machine.says(f"systemctl is-enabled {UNITS}; systemctl is-active {UNITS}", expect=3)
            finally:
                machine.close()
            PackageTest.installed = machine.upper
        return self.machine(self._testMethodName, [self.installed, self.folder / "debian"])

    def await_health(self, machine):
        fetch = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1], timeout=5).read().decode())"
        for _ in range(100):
            done = machine.beside(sys.executable, "-c", fetch, "http://127.0.0.1:8025/healthz")
            if done.stdout.strip() == "ok":
                return
            time.sleep(0.2)
        self.fail(done.stderr + machine.says("journalctl --no-pager -u tertius -n 30"))

    def pid(self, machine):
        return machine.says("systemctl show -P MainPID tertius")

    # ---- the tests ----

    def test_installed_it_is_configured_and_neither_enabled_nor_started(self):
        machine = self.fresh()
        self.assertEqual("disabled\ndisabled\ndisabled\ninactive\ninactive\ninactive", self.said)
        self.assertEqual("ii", machine.says("dpkg-query -W -f '${db:Status-Abbrev}' tertius"))
        self.assertIn("is good", machine.says("runuser -u tertius -- tertius check"))
        self.assertEqual("tertius:tertius 700", machine.says(f"stat -c '%U:%G %a' {DATA}"))
        self.assertEqual(machine.says("dpkg-query -W -f '${Version}' tertius"), machine.says("tertius --version"))

    def test_enabled_it_serves_as_its_own_user(self):
        machine = self.fresh()
        machine.run("systemctl enable --now tertius")
        self.await_health(machine)
        self.assertEqual("tertius", machine.says("ps -o user= -p " + self.pid(machine)))
        self.assertEqual("active\nactive\nactive", machine.says(f"systemctl is-active {UNITS}"))
        self.assertIn("Serving pages on port 8025", machine.says("systemctl show -P StatusText tertius"))
        self.assertEqual("1min", machine.says("systemctl show -P WatchdogUSec tertius"))
        machine.run("runuser -u tertius -- tertius member add alice@example.org --name Alice")
        self.assertIn("alice@example.org", machine.says("runuser -u tertius -- tertius member list"))
        # What systemd does not know, or cannot do here, it says.
        self.assertEqual("", machine.says("systemd-analyze verify /lib/systemd/system/tertius.service 2>&1"))

    def test_secrets_are_handed_in_and_a_reload_takes_what_it_can(self):
        machine = self.fresh()
        # Root's own commands, before the daemon has ever run, leave nothing that it cannot read.
        machine.run("tertius member add alice@example.org --name Alice")
        self.assertEqual("tertius tertius", machine.says(f"stat -c %U {DATA}/tertius.db {DATA}/link.key | xargs"))
        machine.run("mkdir -p /etc/credstore && (umask 077; echo open sesame > /etc/credstore/tertius.smtp-password)")
        toml = "/etc/tertius/tertius.toml"
        machine.run(f"sed -i '/^security = /a user = \"us\"\\npassword_file = \"smtp-password\"' {toml}")
        machine.run("systemctl start tertius")
        self.await_health(machine)
        pid = self.pid(machine)
        machine.run("tertius key rotate")
        self.assertEqual("tertius", machine.says(f"stat -c %U {DATA}/link.key"))
        machine.run(f"sed -i 's/Our Alumni/Their Alumni/; s/^port = 25/port = 26/' {toml} && systemctl reload tertius")
        machine.run("for i in $(seq 50); do systemctl show -P StatusText tertius | grep smtp.port && exit 0; sleep 0.1; done; "
                    "systemctl status tertius; exit 1")
        self.assertEqual(pid, self.pid(machine))
        machine.run(f"echo nonsense >> {toml}; systemctl reload tertius", expect=1)
        self.await_health(machine)
        self.assertEqual(pid, self.pid(machine))

    def test_an_upgrade_restarts_it_only_where_it_ran(self):
        machine = self.fresh()
        machine.put(self.newer, "/root/newer.deb")
        machine.run("dpkg -i /root/newer.deb")
        self.assertEqual("inactive", machine.says("systemctl is-active tertius", expect=3))
        machine.run("systemctl start tertius")
        self.await_health(machine)
        before = self.pid(machine)
        visitor = subprocess.Popen(machine.in_network(sys.executable, "-c", VISITOR), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        machine.run("dpkg -i --force-downgrade /var/cache/tertius.deb")
        self.await_health(machine)
        answered, wrong = visitor.communicate("", timeout=60)
        self.assertNotEqual(before, self.pid(machine))
        self.assertFalse(wrong, machine.says("journalctl --no-pager -n 40") + wrong)
        self.assertGreater(int(answered), 10)
        self.assertEqual("disabled", machine.says("systemctl is-enabled tertius", expect=1))

    def test_removed_it_is_stopped_and_purged_it_leaves_the_data(self):
        machine = self.fresh()
        machine.run("systemctl enable --now tertius")
        self.await_health(machine)
        machine.run("runuser -u tertius -- tertius member add alice@example.org --name Alice")
        machine.run("apt-get -qq -y remove tertius")
        for port in (8024, 8025):  # no socket is left that would start it again
            knock = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
            self.assertEqual(str(errno.ECONNREFUSED), machine.beside(sys.executable, "-c", knock).stdout.strip())
        self.assertEqual("", machine.says("pgrep -x tertius", expect=1))
        machine.run("test -e /etc/tertius/tertius.toml && apt-get -qq -y purge tertius && test ! -e /etc/tertius")
        machine.run(f"test -s {DATA}/tertius.db && test -s {DATA}/link.key")
        # Installed again, it is the community it was.
        machine.run("apt-get -qq -y --no-install-recommends install /var/cache/tertius.deb")
        self.assertIn("alice@example.org", machine.says("runuser -u tertius -- tertius member list"))

    def test_a_purge_deletes_the_data_for_whoever_says_so(self):
        machine = self.fresh()
        machine.run("runuser -u tertius -- tertius member add alice@example.org --name Alice")
        machine.run("echo tertius tertius/purge-data boolean true | debconf-set-selections")
        machine.run(f"apt-get -qq -y purge tertius && test ! -e {DATA}")

    def test_manual_pages_and_completions(self):
        machine = self.fresh()
        # minbase leaves manuals out of what it installs; ours is looked at as it lies in the package.
        listed = call("dpkg-deb", "-c", self.deb).stdout
        for path in ["./usr/share/man/man8/tertius.8.gz", "./usr/share/man/man5/tertius.toml.5.gz",
                     "./usr/share/bash-completion/completions/tertius"]:
            self.assertIn(path, listed)
        out = self.folder / "unpacked"
        call("dpkg-deb", "-x", self.deb, str(out))
        for page, words in [("man8/tertius.8.gz", "tertius member add"), ("man5/tertius.toml.5.gz", "click_policy")]:
            done = call("man", "--warnings", "-l", str(out / "usr/share/man" / page),
                        env={**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
            self.assertEqual("", done.stderr)
            self.assertIn(words, done.stdout)
        self.assertIn("tertius", machine.says("ls /usr/share/bash-completion/completions"))


class LintianTest(unittest.TestCase):
    @unittest.skipUnless(shutil.which("lintian"), "there is no lintian")
    def test_lintian_finds_no_error(self):
        with tempfile.TemporaryDirectory() as folder:
            done = call("lintian", "--allow-root", "--fail-on", "error", pack(folder), expect=None)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            print(done.stdout)


class BuildListTest(unittest.TestCase):
    def test_what_the_build_needs_is_the_same_everywhere(self):
        listed = re.search(r'build_packages="([^"]+)"', (SOURCE / "run").read_text())[1].split()
        control = re.search(r"Build-Depends: (.*?)\nStandards", (SOURCE / "debian/control").read_text(), re.S)[1]
        needed = {re.sub(r" \(.*", "", each.strip()) for each in control.split(",")}
        self.assertEqual(set(listed) - {"ccache"}, needed - {"debhelper-compat", "dh-sequence-installsysusers", "po-debconf"})


if __name__ == "__main__":
    if reason := why_not_here():
        print("package_test is skipped: " + reason)
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") and os.geteuid() == 0 else 77)
    build = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
