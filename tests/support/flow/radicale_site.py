"""A Radicale of the test's own: one user's address books, written to as a phone would."""
import base64
import http.client
import shutil
import ssl
import subprocess
from pathlib import Path

from postfix_site import await_that, end_with_parent, free_port, is_listening

CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
ssl = {ssl}
certificate = {folder}/cert.pem
key = {folder}/key.pem
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/collections
"""
MAKE_BOOK = """\
<?xml version="1.0" encoding="utf-8"?>
<d:mkcol xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:set><d:prop>
<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype><d:displayname>{}</d:displayname>
</d:prop></d:set></d:mkcol>"""
PROGRAM = "/usr/bin/radicale"
USER, PASSWORD = "alice", "open sesame"


def why_not_here():
    """Why there can be none; empty where there can."""
    return "" if Path(PROGRAM).exists() else "not installed: radicale"


class RadicaleSite:
    def __init__(self, folder, tls=False):
        self.folder, self.port, self.tls, self.server = Path(folder), free_port(), tls, None
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        (self.folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (self.folder / "config").write_text(CONFIG.format(folder=folder, port=self.port, ssl=tls))
        if tls:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                            "/CN=127.0.0.1", "-keyout", str(self.folder / "key.pem"), "-out",
                            str(self.folder / "cert.pem")], check=True, capture_output=True)

    def start(self):
        with (self.folder / "radicale.log").open("ab") as log:
            self.server = subprocess.Popen([PROGRAM, "--config", str(self.folder / "config")], stdout=log, stderr=log,
                                           stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
        await_that(lambda: is_listening(self.port), "Radicale serves")
        return self

    def stop(self):
        if self.server is not None:
            self.server.kill()
            self.server.wait()
            self.server = None

    def request(self, method, path, body="", **headers):
        make = http.client.HTTPConnection
        more = {}
        if self.tls:
            make, more = http.client.HTTPSConnection, {"context": ssl._create_unverified_context()}
        connection = make("127.0.0.1", self.port, timeout=20, **more)
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection.request(method, path, body.encode(), {"Authorization": "Basic " + login, **headers})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status < 300, f"{method} {path}: {answer.status}\n{text}"
        return text

    def make_book(self, path, name="Contacts"):
        self.request("MKCOL", path, MAKE_BOOK.format(name))

    def put(self, path, name, organisation="", more=""):
        address = name.lower().replace(" ", ".") + "@cards.example"
        card = (f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{path}\r\nFN:{name}\r\nN:{name};;;;\r\nORG:{organisation}\r\n"
                f"EMAIL:{address}\r\n{more}END:VCARD\r\n")
        self.request("PUT", path, card, **{"Content-Type": "text/vcard; charset=utf-8"})

    def delete(self, path):
        self.request("DELETE", path)

    def forget_tokens(self):
        """As after a restore from a backup: no token that was ever given is known."""
        for folder in self.folder.glob("collections/**/.Radicale.cache/sync-token"):
            shutil.rmtree(folder)
