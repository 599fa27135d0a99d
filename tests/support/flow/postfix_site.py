"""A private Postfix: the broker's relay and mail exchanger, and the provider of everybody's mailbox, in one.

Everything lives in one folder and listens on 127.0.0.1 only; the machine's own Postfix is neither read nor
touched. Needs root, for Postfix changes user ids. Raises RuntimeError, with the end of the log, where it does
not start.
"""

import ctypes
import email
import email.policy
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

LONGEST_WAIT = 40  # seconds; reached only where the test is about to fail

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.example.test
myorigin = example.test
mydestination =
local_recipient_maps =
local_transport = error:5.1.1 no local delivery here
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_tls_security_level = none
smtpd_relay_restrictions = permit_mynetworks, reject
notify_classes =
biff = no
# As on most servers: what follows the + must still reach the daemon.
recipient_delimiter = +
relay_domains = intro.test
virtual_mailbox_domains = example.test
virtual_mailbox_base = {folder}/mailboxes
virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
virtual_alias_maps = texthash:{folder}/etc/aliases
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
transport_maps = texthash:{folder}/etc/transport
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
"""

# No service runs in a chroot: the queue holds no copies of libraries and of /etc.
MASTER_CF = """\
postlog   unix-dgram n - n - 1 postlogd
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
showq     unix n - n - - showq
error     unix - - n - - error
retry     unix - - n - - error
virtual   unix - n n - - virtual
lmtp      unix - - n - - lmtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
"""


def why_not_here():
    """Why a private Postfix cannot run here; empty where it can."""
    if os.geteuid() != 0:
        return "it needs root, for Postfix changes user ids"
    missing = [name for name in ("postfix", "postqueue", "postsuper") if not shutil.which(name)]
    return "not installed: " + ", ".join(missing) if missing else ""


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def is_listening(port):
    with socket.socket() as knock:
        knock.settimeout(1)
        return knock.connect_ex(("127.0.0.1", port)) == 0


def end_with_parent():
    """For preexec_fn: a test that is killed leaves no server behind (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def await_that(true, what, seconds=LONGEST_WAIT):
    """The first true value that `true()` gives; AssertionError saying `what` where none comes in time."""
    end = time.monotonic() + seconds
    while True:
        if value := true():
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.02)


class PostfixSite:
    """People's mail lies in its own folders, or goes on to `mailboxes_at`, such as "lmtp:inet:127.0.0.1:24"."""

    def __init__(self, folder, users, aliases, lmtp_port, mailboxes_at=""):
        self.folder, self.port, self.master = Path(folder), free_port(), None
        self.etc = self.folder / "etc"
        for name in ("etc", "queue", "state", "mailboxes"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "state", "postfix")
        shutil.chown(self.folder / "mailboxes", "postfix")
        owner = (self.folder / "mailboxes").stat().st_uid
        self._write("main.cf", MAIN_CF.format(folder=folder, uid=owner, gid=owner))
        self._write("master.cf", MASTER_CF.format(port=self.port))
        self._write("mailboxes", "".join(f"{user}@example.test {user}/\n" for user in users))
        self._write("aliases", "".join(f"{name}@example.test {to}\n" for name, to in aliases.items()))
        self._write("transport", f"intro.test lmtp:inet:127.0.0.1:{lmtp_port}\nexample.test {mailboxes_at or ':'}\n"
                                 "* error:5.1.2 no such domain here\n")

    def _write(self, name, text):
        file = self.etc / name
        file.write_text(text)
        os.utime(file, (time.time() - 60,) * 2)  # Postfix waits before it reads what changed a second ago

    def start(self):
        with (self.folder / "start.log").open("ab") as log:
            said = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
            subprocess.run(["postfix", "-c", self.etc, "check"], check=True, **said)  # makes the queue's folders
            # The master itself, not `postfix start`: as our own child it can be ended and waited for. It ends
            # its children by ending its process group, which therefore must not be ours.
            self.master = subprocess.Popen([self._daemon_directory() / "master", "-c", self.etc, "-d"],
                                           start_new_session=True, preexec_fn=end_with_parent, **said)
        await_that(lambda: self.master.poll() is not None or is_listening(self.port), "Postfix starts")
        if self.master.poll() is not None:
            raise RuntimeError("Postfix did not start:\n" + self.log())

    def _daemon_directory(self):
        return Path(subprocess.run(["postconf", "-c", self.etc, "-h", "daemon_directory"], check=True,
                                   capture_output=True, text=True).stdout.strip())

    def stop(self):
        if self.master and self.master.poll() is None:
            self.master.terminate()
            self.master.wait(10)
            await_that(lambda: not is_listening(self.port), "Postfix's port is closed")

    def log(self):
        files = [file for file in (self.folder / "start.log", self.folder / "mail.log") if file.exists()]
        return "".join(file.read_text(errors="replace")[-4000:] for file in files)

    def queue_is_empty(self):
        return not subprocess.run(["postqueue", "-c", self.etc, "-j"], capture_output=True, check=True).stdout

    def flush(self):
        subprocess.run(["postqueue", "-c", self.etc, "-f"], check=True)

    def forget_everything(self):
        """Empty queue, empty mailboxes. The daemon must be down, else more may come."""
        subprocess.run(["postsuper", "-c", self.etc, "-d", "ALL"], check=True, capture_output=True)
        await_that(self.queue_is_empty, "Postfix's queue is empty")
        for mailbox in (self.folder / "mailboxes").iterdir():
            shutil.rmtree(mailbox)

    def mails(self, user):
        """What lies in the mailbox, oldest first; each has .delivered_at, its time of delivery."""
        out = []
        for file in (self.folder / "mailboxes" / user / "new").glob("*"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            mail.delivered_at = file.stat().st_mtime
            out.append(mail)
        return sorted(out, key=lambda mail: mail.delivered_at)
