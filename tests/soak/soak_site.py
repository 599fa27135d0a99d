"""The Release binary in a folder of its own, as the soak jobs start, stop and look into it."""
import argparse
import contextlib
import pathlib
import signal
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(SOURCE / "tests/support/flow"), str(SOURCE / "tests/bench")]

from goals import resident_mb  # noqa: E402
from postfix_site import await_that, free_port  # noqa: E402
from tertius_site import CommandFailed, TertiusSite  # noqa: E402, F401


def arguments(doc):
    """BUILD and --small; the scale is what numbers are multiplied by."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--small", action="store_true", help="a tenth, for a quick try")
    out = parser.parse_args()
    out.scale = 0.1 if out.small else 1
    return out


@contextlib.contextmanager
def folder(name):
    with tempfile.TemporaryDirectory(prefix=f"tertius-soak-{name}-") as made:
        yield pathlib.Path(made)


class SoakSite(TertiusSite):
    """`more` is appended to its configuration; `host` is the relay's."""

    def __init__(self, build, folder, smtp_port, more="", level="warn"):
        super().__init__(str(pathlib.Path(build).resolve() / "tertius"), str(folder), smtp_port, free_port())
        self.database = self.folder / "tertius.db"
        self.config.write_text(self.config.read_text() + f'[log]\nlevel = "{level}"\n' + more)

    def configure(self, old, new):
        text = self.config.read_text()
        assert old in text, f"{old!r} is not in {self.config}"
        self.config.write_text(text.replace(old, new))

    def kill(self):
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()
        self.daemon = None

    def is_alive(self):
        return self.daemon is not None and self.daemon.poll() is None

    def rss_mb(self):
        return resident_mb(self.daemon.pid)

    def query(self, sql, *values):
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as db:
            return db.execute(sql, values).fetchall()

    def change(self, sql, *values):
        """For time alone: what is due in a quarter of an hour is made due now."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as db, db:
            return db.execute(sql, values).rowcount

    def make_due(self):
        self.change("UPDATE outbox SET not_before = 1, ready_at = 1 WHERE state = 'due'")

    def waiting(self):
        return self.query("SELECT COUNT(*) FROM outbox WHERE state IN ('due', 'claimed')")[0][0]

    def await_quiet(self, seconds=300):
        """Nothing is held any more, and nothing waits to be sent."""
        def is_quiet():
            held = self.query("SELECT COUNT(*) FROM introductions WHERE held_by IS NOT NULL")[0][0]
            return held == 0 and self.waiting() == 0
        await_that(is_quiet, lambda: f"all is sent, but {self.waiting()} mails wait", seconds)
