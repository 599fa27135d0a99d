#!/usr/bin/env python3
"""Every HTML mail in a real browser, on a telephone and on a screen, in light and in dark: what can be measured is, and
pictures are left for eyes. Skipped (77) where there is no Chromium.

    python3 mail_looks_test.py TERTIUS FOLDER-FOR-PICTURES [unittest's arguments]
"""
import base64
import html
import os
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "mail"))

import browser
import previews

TERTIUS, FOLDER = "", pathlib.Path()
WIDTHS, SCHEMES = (360, 800), ("light", "dark")
MAILS_A_SHEET = {360: 6, 800: 4}

# Each text with its colours' contrast (WCAG 2.2, 1.4.3), as the browser has computed them; grounds that let something
# through are mixed with what is behind them.
CONTRASTS = """(() => {
  const parse = c => { const [r, g, b, a = 1] = c.match(/[\\d.]+/g).map(Number); return {r, g, b, a}; };
  const over = (top, low) => ({r: top.r * top.a + low.r * (1 - top.a), g: top.g * top.a + low.g * (1 - top.a),
                               b: top.b * top.a + low.b * (1 - top.a), a: 1});
  const ground = e => { const own = e ? parse(getComputedStyle(e).backgroundColor) : {r: 255, g: 255, b: 255, a: 1};
                        return own.a === 1 ? own : over(own, ground(e.parentElement)); };
  const part = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = c => 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let t; t = texts.nextNode();) {
    const range = document.createRange(); range.selectNode(t);
    if (!t.data.trim() || !range.getClientRects().length) continue;
    const behind = ground(t.parentElement), ink = over(parse(getComputedStyle(t.parentElement).color), behind);
    const [low, high] = [light(ink), light(behind)].sort((a, b) => a - b);
    found.push([t.data.trim(), (high + 0.05) / (low + 0.05)]);
  }
  return found;
})()"""


class MailLooksTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.*"):
            old.unlink()
        cls.mails = previews.html_mails(TERTIUS)
        for name, mail in cls.mails.items():
            (FOLDER / f"{name}.html").write_text(mail)
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.browser.call("Network.enable")

    def look(self, width, scheme):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=width, height=200, deviceScaleFactor=1, mobile=False)
        self.browser.call("Emulation.setScrollbarsHidden", hidden=True)  # a telephone lays them over the page
        self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def ask(self, script):
        return self.browser.run(script)

    def picture(self, name):
        height = self.ask("document.documentElement.scrollHeight")
        width = self.ask("innerWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        data = self.browser.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]
        (FOLDER / f"{name}.png").write_bytes(base64.b64decode(data))

    def test_every_mail_in_every_look(self):
        self.assertGreaterEqual(len(self.mails), 22)
        for width in WIDTHS:
            for scheme in SCHEMES:
                self.look(width, scheme)
                for name in self.mails:
                    with self.subTest(mail=name, width=width, scheme=scheme):
                        self.check(name, width, scheme)
        self.make_sheets()

    def test_readers_that_drop_the_style_sheet_lose_nothing(self):
        """Gmail's telephone page drops <style>, and Gmail knows no overflow-wrap."""
        self.look(360, "dark")
        for name, mail in self.mails.items():
            with self.subTest(mail=name):
                bare = re.sub(r"<style>.*?</style>|<meta name=\"(supported-)?color-scheme.*?>|overflow-wrap: anywhere;", "", mail,
                              flags=re.S)
                self.assertNotIn("overflow-wrap", bare)
                (FOLDER / "bare.html").write_text(bare)
                self.browser.open((FOLDER / "bare.html").as_uri())
                self.check_size(360)
                self.check_contrast()
        (FOLDER / "bare.html").unlink()

    def check(self, name, width, scheme):
        self.browser.events.clear()
        self.browser.open((FOLDER / f"{name}.html").as_uri())
        self.picture(f"{name}-{width}-{scheme}")
        self.assertEqual(self.ask("matchMedia('(prefers-color-scheme: dark)').matches"), scheme == "dark")
        self.assertEqual(self.ask("innerWidth"), width)
        self.check_size(width)
        self.check_contrast()
        self.check_requests()

    def check_size(self, width):
        self.assertLessEqual(self.ask("document.documentElement.scrollWidth"), width, "it has to be scrolled sideways")
        papers = self.ask("[...document.querySelectorAll('.paper')].map(e => e.getBoundingClientRect().width)")
        self.assertEqual(len(papers), 1)
        self.assertLessEqual(papers[0], 600)
        self.assertGreaterEqual(papers[0], min(width - 24, 600))
        buttons = self.ask("[...document.querySelectorAll('a.primary, a.plain')].map(e => e.getBoundingClientRect().height)")
        for height in buttons:
            self.assertGreaterEqual(height, 44, "a button too low for a thumb")

    def check_contrast(self):
        texts = self.ask(CONTRASTS)
        self.assertGreaterEqual(len(texts), 3)
        for text, contrast in texts:
            self.assertGreaterEqual(contrast, 4.5, text)

    def check_requests(self):
        asked = [event["params"]["request"]["url"] for event in self.browser.events
                 if event["method"] == "Network.requestWillBeSent"]
        self.assertEqual([url for url in asked if not url.startswith(FOLDER.as_uri())], [], "asked of the network")
        self.assertEqual(len(asked), 1, "the mail itself")

    def make_sheets(self):
        """A few mails a picture, side by side."""
        names = sorted(self.mails)
        for language in sorted({name.split("-")[0] for name in names}):
            for width in WIDTHS:
                for scheme in SCHEMES:
                    ours = [name for name in names if name.startswith(language + "-")]
                    for at in range(0, len(ours), MAILS_A_SHEET[width]):
                        some = ours[at:at + MAILS_A_SHEET[width]]
                        self.make_sheet(f"sheet-{language}-{width}-{scheme}-{at // MAILS_A_SHEET[width] + 1}", some, width, scheme)

    def make_sheet(self, sheet, names, width, scheme):
        cells = "".join(f"<figure><figcaption>{html.escape(name)}</figcaption><img src='{name}-{width}-{scheme}.png'></figure>"
                        for name in names)
        page = FOLDER / f"{sheet}.html"
        page.write_text(f"<body style='display:flex;align-items:flex-start;gap:8px;margin:8px;background:#777;font:16px sans-serif'>"
                        f"<style>figure{{margin:0}}</style>{cells}")
        self.look(len(names) * (width + 8) + 8, "light")
        self.browser.open(page.as_uri())
        self.picture(sheet)
        page.unlink()


if __name__ == "__main__":
    TERTIUS = os.path.abspath(sys.argv.pop(1))
    FOLDER = pathlib.Path(sys.argv.pop(1)).resolve()
    if not browser.find_browser():
        print("no Chromium here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    unittest.main()
