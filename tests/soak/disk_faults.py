"""A disk that is full, and one that can only be read. Both want root, for they mount file systems of their own."""
import contextlib
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from soak_site import SoakSite, await_that, folder
from pouring import Pour, Relay, wrongs
from relay_faults import said

DISK_MB, CONNECTIONS = 32, 4


@contextlib.contextmanager
def mounted(place, *what):
    """A file system of `what` in a folder of `place`; None where that is not allowed."""
    disk = place / "disk"
    disk.mkdir()
    good = os.geteuid() == 0 and subprocess.run(["mount", *what, disk], capture_output=True).returncode == 0
    try:
        yield disk if good else None
    finally:
        if good:
            subprocess.run(["umount", "--lazy", disk], check=False)


def page(site):
    """What a page answers meanwhile."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{site.web}/", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as e:
        return e.code
    except OSError as e:
        return type(e).__name__


def fill(disk):
    with contextlib.suppress(OSError), open(disk / "ballast", "wb", buffering=0) as ballast:
        while ballast.write(b"x" * 4096):
            pass


def await_refusals(pour, letters):
    """Until nothing is taken any more."""
    goal = pour.refused() + letters

    def only_refuses():
        before = len(pour.acknowledged())
        time.sleep(0.5)
        return pour.refused() >= goal and len(pour.acknowledged()) == before
    await_that(only_refuses, "letters are told to come again")


def run_full(options, table):
    bar, relay = "disk full, then room again", Relay()
    with folder("full") as place, mounted(place, "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs") as disk:
        if disk is None:
            return table.skipped(bar, "a tmpfs may not be mounted here")
        site = SoakSite(options.build, disk, relay.port, "", "info")
        site.start()
        try:
            pour = Pour(site.lmtp, "full")
            pour.await_more(100)
            fill(disk)
            await_refusals(pour, 50)
            seen = page(site)
            (disk / "ballast").unlink()
            went_on = pour.await_more(100, 60)
            acknowledged = pour.stop()
            alive = site.is_alive()
            site.await_quiet()
            wrong, repeats = wrongs(site.query, relay, acknowledged)
            whole = site.query("PRAGMA integrity_check") == [("ok",)]
            table.bar(bar, f"{len(acknowledged)} letters, {pour.refused()} told to come again, a page meanwhile {seen}, "
                      f"{repeats} mails again {said(wrong)}", not wrong and not repeats and alive and whole and went_on)
        finally:
            site.stop()
            relay.close()


def run_read_only_at_start(options, table):
    """As whoever may only read it; root may write everywhere."""
    bar = "read-only database at the start"
    if os.geteuid() != 0:
        return table.skipped(bar, "wants root, to be somebody else")
    with folder("locked") as place:
        site = SoakSite(options.build, place, 1)
        site.run("member add", "alice@example.test", "--name", "Alice Chen")
        for one in (place, *place.iterdir()):
            shutil.chown(one, "nobody")
            one.chmod(0o555 if one.is_dir() else 0o444)
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *site.command("serve")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        words = done.stderr.splitlines() or ["nothing"]
        good = done.returncode > 0 and "hint:" in done.stderr and "terminate called" not in done.stderr
        table.bar(bar, f"exit {done.returncode}: {words[-2:][0].removeprefix('tertius: ')}", good)


def run_turned_read_only(options, table):
    """As Linux does it when a disk fails: the file system is there, and writes no more."""
    bar, relay = "disk that turns read-only, then is mended", Relay()
    with folder("read-only") as place:
        image = place / "image"
        made = os.geteuid() == 0 and shutil.which("mkfs.ext4") and \
            subprocess.run(f"truncate -s 256M {image} && mkfs.ext4 -q {image}", shell=True, capture_output=True).returncode == 0
        with mounted(place, "-o", "loop", str(image)) if made else contextlib.nullcontext() as disk:
            if disk is None:
                return table.skipped(bar, "no ext4 on a loop device may be mounted here")
            turn_read_only(options, table, bar, relay, image, disk)
    relay.close()


def turn_read_only(options, table, bar, relay, image, disk):
    site = SoakSite(options.build, disk, relay.port)
    site.start()
    try:
        pour = Pour(site.lmtp, "ro")
        pour.await_more(100)
        subprocess.run(["mount", "-o", "remount,abort", disk], check=False, capture_output=True)
        await_refusals(pour, 50)
        seen, alive = page(site), site.is_alive()
        code = site.stop()
        subprocess.run(["umount", disk], check=True)
        subprocess.run(["e2fsck", "-fy", image], check=False, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, disk], check=True)
        site.start()
        went_on = pour.await_more(100, 60)
        acknowledged = pour.stop()
        site.await_quiet()
        wrong, repeats = wrongs(site.query, relay, acknowledged)
        # On each connection one mail whose settling failed, and one that was under way when that was known.
        table.bar(bar, f"{len(acknowledged)} letters, {pour.refused()} told to come again, a page meanwhile {seen}, ended by "
                  f"{code}, {repeats} mails again {said(wrong)}", not wrong and repeats <= 2 * CONNECTIONS and alive and went_on)
    finally:
        site.stop()
