"""Several profiles in one Chromium: each has its own cookies, as if it were another computer's."""
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
        # Chromium fetches nothing ahead for a page that is watched alone, and not as a tab.
        tab = self.chromium.whole("Target.createTarget", url="about:blank", browserContextId=profile.context, forTab=True)
        self.tab = self.chromium.whole("Target.attachToTarget", targetId=tab["targetId"], flatten=True)["sessionId"]
        self.chromium.call_as(self.tab, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)
        self.show_newest_page()

    def show_newest_page(self):
        """After a page that was made ahead has taken the place of the old one."""
        self.session = [e["params"]["sessionId"] for e in self.chromium.events
                        if e.get("sessionId") == self.tab and e["method"] == "Target.attachedToTarget"][-1]
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Page.enable")

    def call(self, method, **parameters):
        return self.chromium.call_as(self.session, method, **parameters)

    def heard_of(self, method):
        self.run("0")  # what came before this answer has been heard
        return [e["params"] for e in self.chromium.events if e.get("sessionId") == self.session and e["method"] == method]

    def forget(self):
        """Its cookies: from now on it is another profile."""
        self.call("Network.clearBrowserCookies")

    def touch(self, x=300, y=12):
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def key(self, key, modifiers=0):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, modifiers=modifiers)
