"""A Dovecot of the test's own: takes mail over LMTP, gives it out over IMAP to whoever asks for it by name."""
import imaplib
import os
import shutil
import subprocess
from pathlib import Path

from postfix_site import await_that, end_with_parent, free_port, is_listening

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {folder}
log_path = {folder}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/homes/%n allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""
PASSWORD = "open"
PROGRAM = "/usr/sbin/dovecot"


def why_not_here():
    """Why a private Dovecot cannot run here; empty where it can."""
    if os.geteuid() != 0:
        return "it needs root, for Dovecot changes user ids"
    missing = [file for file in (PROGRAM, "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp") if not os.path.exists(file)]
    return "not installed: " + ", ".join(missing) if missing else ""


class DovecotSite:
    def __init__(self, folder):
        self.folder, self.imap, self.lmtp, self.master = Path(folder), free_port(), free_port(), None
        for name in ("run", "state", "homes"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "homes", "mail")
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(CONFIG.format(folder=folder, imap=self.imap, lmtp=self.lmtp, password=PASSWORD))

    def start(self):
        with (self.folder / "start.log").open("ab") as log:
            self.master = subprocess.Popen([PROGRAM, "-F", "-c", self.config], stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=log, start_new_session=True, preexec_fn=end_with_parent)
        await_that(lambda: self.master.poll() is not None or is_listening(self.imap) and is_listening(self.lmtp),
                   "Dovecot starts")
        if self.master.poll() is not None:
            raise RuntimeError("Dovecot did not start:\n" + self.log())

    def stop(self):
        if self.master and self.master.poll() is None:
            self.master.terminate()
            self.master.wait(20)

    def log(self):
        files = [file for file in (self.folder / "start.log", self.folder / "dovecot.log") if file.exists()]
        return "".join(file.read_text(errors="replace")[-4000:] for file in files)

    def fetch(self, user):
        """The octets of all that lies in the mailbox, oldest first."""
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=20) as client:
            client.login(user, PASSWORD)
            client.select("INBOX", readonly=True)
            numbers = client.search(None, "ALL")[1][0].split()
            if not numbers:
                return []
            answers = client.fetch(b",".join(numbers), "(BODY.PEEK[])")[1]
            return [answer[1] for answer in answers if isinstance(answer, tuple)]
