"""The installed program: its configuration, its commands, its daemon, and a browser for its pages.

One folder each, one SQLite file each. Commands that fail raise CommandFailed unless an exit code is expected.
"""

import html.parser
import http.client
import json
import signal
import subprocess
import urllib.parse
from pathlib import Path

from postfix_site import await_that, end_with_parent, free_port, is_listening
from site_database import query

HOLD = 2  # seconds; the times in the history are whole seconds, so that one could last no time at all

CONFIG = """\
[broker]
community = "Rowan Alumni"
domain = "intro.test"
link_key_file = "{key}"
[storage]
url = "{storage}"
[web]
listen = "127.0.0.1:{web}"
public_url = "http://127.0.0.1:{web}"
[lmtp]
listen = "127.0.0.1:{lmtp}"
[smtp]
host = "127.0.0.1"
port = {smtp}
[hold]
bound_browser = {hold}
unbound_browser = {hold}
reply = {hold}
"""


class CommandFailed(AssertionError):
    pass


class Forms(html.parser.HTMLParser):
    """The forms of a page, each its address and what it would send untouched."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append((attributes["action"], {}))
        elif tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1][1][attributes["name"]] = attributes["value"]


class TertiusSite:
    def __init__(self, binary, folder, smtp_port, lmtp_port, storage=None, key=None, more=""):
        self.binary, self.folder, self.lmtp, self.web = binary, Path(folder), lmtp_port, free_port()
        self.config, self.daemon, self.url = self.folder / "tertius.toml", None, f"http://127.0.0.1:{self.web}"
        self.storage = storage or f"sqlite:{folder}/tertius.db"
        self.config.write_text(
            CONFIG.format(storage=self.storage, key=key or f"{folder}/link.key", web=self.web,
                          lmtp=lmtp_port, smtp=smtp_port, hold=HOLD) + more)

    def command(self, name, config=True):
        return [self.binary, *name.split(), *(["-c", str(self.config)] if config else [])]

    def run(self, name, *arguments, given=b"", exit_code=0):
        done = subprocess.run([*self.command(name), *arguments], input=given, capture_output=True, timeout=60)
        if done.returncode != exit_code:
            raise CommandFailed(f"tertius {name} ended with {done.returncode}, not {exit_code}:\n" +
                                (done.stdout + done.stderr).decode())
        return done

    def ask(self, name, *arguments, exit_code=0):
        return json.loads(self.run(name, *arguments, "--json", exit_code=exit_code).stdout)

    # ---- the daemon ----

    def start(self):
        with (self.folder / "daemon.log").open("ab") as log:
            self.daemon = subprocess.Popen(self.command("serve"), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                           preexec_fn=end_with_parent)
        await_that(lambda: self.daemon.poll() is not None or self.is_ready(), "the daemon is ready")
        if self.daemon.poll() is not None:
            raise CommandFailed("the daemon ended at once:\n" + self.log())

    def is_ready(self):
        """It serves, where it serves anything; some of several daemons on one database do not."""
        return "ready" in self.log() if "[daemon]" in self.config.read_text() else \
            is_listening(self.web) and is_listening(self.lmtp)

    def kill(self):
        self.daemon.kill()
        self.daemon.wait()
        self.daemon = None

    def stop(self, within=30):
        """Its exit code; 0 where it did not run."""
        if self.daemon is None:
            return 0
        self.daemon.send_signal(signal.SIGTERM)
        try:
            return self.daemon.wait(within)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            self.daemon.wait()
            raise AssertionError(f"SIGTERM did not end the daemon within {within} s:\n" + self.log()) from None
        finally:
            self.daemon = None

    def log(self):
        file = self.folder / "daemon.log"
        return file.read_text(errors="replace")[-4000:] if file.exists() else ""

    # ---- what it knows ----

    def query(self, sql, *arguments):
        return query(self.storage, sql, *arguments)

    def introduction(self):
        """The only one there is."""
        return self.ask("show", str(self.ask("list")[0]["id"]))

    def await_state(self, state):
        def reached():
            introduction = self.introduction()
            return introduction if introduction["state"] == state else None
        return await_that(reached, f"the introduction is {state}")

    def notices_to(self, address):
        return [notice for notice in self.ask("outbox") if notice["recipient"] == address]

    def await_letter(self, outcome):
        def found():
            return next((letter for letter in self.ask("letters") if outcome in letter["outcome"]), None)
        return await_that(found, f"a letter with the outcome {outcome!r} is recorded")

    # ---- its pages ----

    def fetch(self, url, form=None, origin=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.web, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin or self.url} if form else {}
        connection.request("POST" if form else "GET", url.removeprefix(self.url),
                           urllib.parse.urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def forms(self, url):
        status, page = self.fetch(url)
        if status != 200:
            raise CommandFailed(f"GET {url}: {status}\n{page}")
        forms = Forms()
        forms.feed(page)
        return forms.forms

    def press(self, url):
        """Opens a mail's link and presses the first button that a person sees, as a browser without script does."""
        action, fields = next(form for form in self.forms(url) if "decoy" not in form[1])
        status, page = self.fetch(action, fields)
        if status not in (200, 303):
            raise CommandFailed(f"POST {action}: {status}\n{page}")
