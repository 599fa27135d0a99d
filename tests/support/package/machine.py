"""A clean Debian 12 in a folder: made by debootstrap, kept as an archive, and booted with its own systemd in a container.

Needs root. Each Machine is an overlay over such a folder, so that what happens in one leaves no other changed.
"""

import os
import shlex
import shutil
import subprocess
import time
from pathlib import Path

MIRROR = os.environ.get("TERTIUS_TEST_MIRROR", "http://deb.debian.org/debian")
PACKAGES = "systemd,systemd-sysv,dbus,ca-certificates,python3-minimal,procps"
AGED = 7 * 86_400


def why_not_here():
    if os.geteuid() != 0:
        return "only root can boot a container"
    for tool, package in [("debootstrap", "debootstrap"), ("systemd-nspawn", "systemd-container"), ("dh", "debhelper"),
                          ("nsenter", "util-linux")]:
        if not shutil.which(tool):
            return f"there is no {tool} (package {package})"
    return None


def call(*command, expect=0, **more):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"{shlex.join(map(str, command))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def debian(kept, folder):
    """A fresh Debian 12 in the folder; made anew once a week."""
    archive = Path(kept) / "debian12.tar"
    if not archive.exists() or time.time() - archive.stat().st_mtime > AGED:
        archive.parent.mkdir(parents=True, exist_ok=True)
        call("debootstrap", "--variant=minbase", "--include=" + PACKAGES, "bookworm", str(folder), MIRROR)
        call("tar", "-C", str(folder), "--numeric-owner", "-cf", str(archive) + ".new", ".")
        os.rename(str(archive) + ".new", archive)
    else:
        os.makedirs(folder, exist_ok=True)
        call("tar", "-C", str(folder), "--numeric-owner", "-xf", str(archive))
    shutil.copy("/etc/resolv.conf", Path(folder) / "etc/resolv.conf", follow_symlinks=True)


class Machine:
    """Booted until close(); `lower` are the folders it stands on, the uppermost first."""

    def __init__(self, folder, lower, network=False):
        self.folder, self.init, self.nspawn = Path(folder), None, None
        self.upper, self.root = self.folder / "upper", self.folder / "root"
        for each in (self.upper, self.folder / "work", self.root):
            each.mkdir(parents=True)
        layers = ":".join(map(str, lower))
        call("mount", "-t", "overlay", "overlay", "-o",
             f"lowerdir={layers},upperdir={self.upper},workdir={self.folder / 'work'}", str(self.root))
        try:
            self.boot(network)
        except BaseException:
            self.close()
            raise

    def boot(self, network):
        command = ["systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--settings=no",
                   "--link-journal=no", "--resolv-conf=off", "--timezone=off", "--console=pipe", "-D", str(self.root)]
        if not network:
            command.append("--private-network")
        with (self.folder / "console").open("wb") as console:
            self.nspawn = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT)
        end = time.monotonic() + 90
        while time.monotonic() < end and self.nspawn.poll() is None:
            children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children").read_text().split()
            if children:
                self.init = children[0]
                state = self.run("systemctl is-system-running", expect=None).stdout.strip()
                if state in ("running", "degraded"):
                    return
            time.sleep(0.2)
        raise AssertionError("Debian did not boot in a container:\n" + (self.folder / "console").read_text()[-3000:])

    def run(self, command, expect=0, given=None):
        """A line of shell, as root, in there."""
        inside = ["nsenter", "-t", self.init, "-m", "-u", "-i", "-n", "-p", "-C", "-r", "-w",
                  "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8",
                  "HOME=/root", "sh", "-c", command]
        done = subprocess.run(inside, capture_output=True, text=True, input=given or "", timeout=600)
        if expect is not None and done.returncode != expect:
            said = subprocess.run([*inside[:-1], "journalctl -n 30 --no-pager"], capture_output=True, text=True).stdout
            raise AssertionError(f"{command}\nended with {done.returncode}\n{done.stdout}{done.stderr}\n{said}")
        return done

    def beside(self, *command):
        """A program of this machine's, in the other's network."""
        return subprocess.run(self.in_network(*command), capture_output=True, text=True, timeout=60)

    def in_network(self, *command):
        return ["nsenter", "-t", self.init, "-n", *command]

    def says(self, command, expect=0):
        return self.run(command, expect).stdout.strip()

    def put(self, file, path):
        shutil.copy(file, self.root / path.lstrip("/"))
        return path

    def stop(self):
        if self.nspawn and self.nspawn.poll() is None and self.init:
            self.run("systemctl poweroff --no-block", expect=None)
            try:
                self.nspawn.wait(60)
            except subprocess.TimeoutExpired:
                self.nspawn.kill()
        if self.nspawn:
            self.nspawn.wait()

    def close(self):
        self.stop()
        call("umount", "-l", str(self.root), expect=None)
