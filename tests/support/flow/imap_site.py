"""A Dovecot with one mailbox for the daemon to read: a password that can be changed, TLS, and access tokens."""
import imaplib
import os
import smtplib
import ssl
import subprocess

from dovecot_site import DovecotSite
from postfix_site import free_port

USER, PASSWORD = "intro", "open"
# Instead of those in dovecot_site: one user with a password of their own. TLS needs Diffie-Hellman no more.
MORE = """
listen = 127.0.0.1, 127.0.0.2
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
recipient_delimiter = +
imap_hibernate_timeout = 0
service imap-login {{
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN {folder}/users
}}
"""
STATIC_PASSDB = "passdb {\n  driver = static\n  args = password=open\n}\n"


class ImapSite(DovecotSite):
    def __init__(self, folder, tokens_at):
        super().__init__(folder)
        self.imaps = free_port()
        self.make_certificate()
        (self.folder / "oauth2.conf").write_text(f"tokeninfo_url = {tokens_at}/?access_token=\nusername_attribute = email\n")
        text = self.config.read_text()
        assert STATIC_PASSDB in text
        self.config.write_text(text.replace(STATIC_PASSDB, "") + MORE.format(folder=folder, imaps=self.imaps))
        self.set_password(PASSWORD)

    def make_certificate(self):
        self.authority = self.folder / "server.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1,IP:127.0.0.2", "-days", "30", "-keyout", self.folder / "server.key",
                        "-out", self.authority], check=True, capture_output=True)

    def set_password(self, password):
        self.password = password
        (self.folder / "users").write_text(f"{USER}:{password}\n")

    def make_anew(self):
        """The same letters under another UIDVALIDITY; Dovecot must be down."""
        for file in [*(self.folder / "homes" / USER / "Maildir").glob("dovecot*")]:
            file.unlink()

    def deliver(self, mail, sender="carol@example.test", recipient="intro@intro.test"):
        with smtplib.LMTP("127.0.0.1", self.lmtp, timeout=20) as client:
            client.sendmail(sender, [recipient], mail if isinstance(mail, bytes) else mail.as_bytes())

    def client(self):
        context = ssl.create_default_context(cafile=self.authority)
        client = imaplib.IMAP4_SSL("127.0.0.1", self.imaps, ssl_context=context, timeout=20)
        client.login(USER, self.password)
        return client

    def ask(self, folder="INBOX", wanted="ALL"):
        """The UIDs of what is there."""
        client = self.client()
        try:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            return [int(uid) for uid in client.uid("SEARCH", wanted)[1][0].split()]
        finally:
            client.logout()

    def flag(self, wanted, change, flag, folder="INBOX"):
        client = self.client()
        client.select(f'"{folder}"')
        uids = client.uid("SEARCH", wanted)[1][0].decode().split()
        client.uid("STORE", ",".join(uids), change, flag)
        client.logout()
