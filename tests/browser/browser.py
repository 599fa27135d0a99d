"""A headless Chromium, driven over its DevTools pipe: real pages, real mouse clicks. Standard library only."""
import json
import os
import shutil
import subprocess
import tempfile
import time


def find_browser():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    def __init__(self, folder=None, start=("about:blank",)):
        """With a profile of its own; or with one that is kept in `folder`."""
        self.is_kept, self.folder = bool(folder), folder or tempfile.mkdtemp(prefix="tertius-browser-")
        to_read, self.write_end = os.pipe()
        self.read_end, to_write = os.pipe()
        # The browser speaks on descriptors 3 and 4.
        self.program = subprocess.Popen(
            ["bash", "-c", f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}', find_browser(), "--headless", "--no-sandbox",
             "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", f"--user-data-dir={self.folder}",
             "--window-size=900,1400", "--remote-debugging-pipe", *start],
            pass_fds=(to_read, to_write), stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.count, self.heard, self.session = 0, b"", None
        self.events = []  # of the domains that somebody enables
        page = self.await_page()
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]

    def await_page(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for target in self.call("Target.getTargets")["targetInfos"]:
                if target["type"] == "page":
                    return target
            time.sleep(0.01)
        raise AssertionError("the browser shows no page")

    def quit(self):
        """As a person does it: what was open is remembered in its folder."""
        self.session = None
        self.call("Browser.close")
        self.program.wait(20)
        self.close()

    def close(self):
        self.program.kill()
        self.program.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        if not self.is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.hear()
            if "method" in answer:
                self.events.append(answer)
            if answer.get("id") == self.count:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def hear(self):
        while b"\0" not in self.heard:
            piece = os.read(self.read_end, 65536)
            assert piece, "the browser has gone"
            self.heard += piece
        message, self.heard = self.heard.split(b"\0", 1)
        return json.loads(message)

    def run(self, script, wait=False):
        """Its value; with `wait`, what its promise comes to."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=wait)
        assert "exceptionDetails" not in answer, f"{script}: {answer['exceptionDetails']}"
        return answer["result"].get("value")

    def wait_until(self, script, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.run(script):
                    return
            except AssertionError:  # between two pages there is none to ask
                pass
            time.sleep(0.01)
        raise AssertionError(f"never: {script}\n{self.text()}")

    def settle(self, milliseconds=40):
        """What an event has set going has begun, and has come to its page."""
        time.sleep(milliseconds / 1000)
        self.wait_until("document.readyState === 'complete'")

    def loads(self, act):
        """Does what leads to another page, and waits for that."""
        self.run("window.before = true")
        act()
        self.wait_until("window.before === undefined && document.readyState === 'complete'")

    def open(self, url):
        self.loads(lambda: self.call("Page.navigate", url=url))

    def text(self):
        return self.run("document.body.innerText")

    def html(self):
        return self.run("document.documentElement.outerHTML")

    def fill(self, name, value):
        self.run(f"document.querySelector('[name={name}]').value = {json.dumps(value)}")

    def move(self, x=400, y=500):
        """A hand on the mouse."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector):
        """A press of the mouse where the element stands, as a person does it."""
        self.wait_until(f"getComputedStyle(document.querySelector({json.dumps(selector)})).visibility === 'visible'")
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()")

        def press():
            for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

        self.loads(press)
