"""Several profiles in one Chromium: each has its own cookies, as if it were another computer's."""
import time

import browser


class Chromium(browser.Browser):
    """Runs the profiles; its own first page is nobody's."""

    def profile(self):
        """A new one, with nothing in it."""
        return Profile(self, self.whole("Target.createBrowserContext")["browserContextId"])

    def whole(self, method, **parameters):
        return self.call_as(None, method, **parameters)

    def call_as(self, session, method, **parameters):
        before, self.session = self.session, session
        try:
            return self.call(method, **parameters)
        finally:
            self.session = before


class Profile:
    def __init__(self, chromium, context):
        self.chromium, self.context = chromium, context

    def tab(self):
        return Tab(self)

    def close(self):
        self.chromium.whole("Target.disposeBrowserContext", browserContextId=self.context)


class Tab(browser.Browser):
    """One page, which believes to be seen and to have the keyboard, whatever the others are told."""

    def __init__(self, profile):
        self.chromium, self.profile = profile.chromium, profile
        target = self.chromium.whole("Target.createTarget", url="about:blank", browserContextId=profile.context)["targetId"]
        self.session = self.chromium.whole("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Page.enable")

    def call(self, method, **parameters):
        return self.chromium.call_as(self.session, method, **parameters)

    def events(self, method):
        self.run("0")  # what came before the answer has been heard
        return [e["params"] for e in self.chromium.events if e.get("sessionId") == self.session and e["method"] == method]

    def forget(self):
        """Its cookies: from now on it is another profile."""
        self.call("Network.clearBrowserCookies")

    def settle(self, milliseconds=40):
        """What an event has set going has begun, and has come to its page."""
        time.sleep(milliseconds / 1000)
        self.wait_until("document.readyState === 'complete'")

    def move(self, x=400, y=500):
        """A hand on the mouse."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def touch(self, x=300, y=12):
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def key(self, key, modifiers=0):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, modifiers=modifiers)
