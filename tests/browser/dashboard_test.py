#!/usr/bin/env python3
"""The operator's dashboard over a year of made-up mail in a real browser, on a telephone and on a screen, in light and in
dark: axe-core's rules (WCAG 2.2 AA), nothing scrolls sideways, no text of a plot covers another, and pictures are left for
eyes. Skipped (77) where there is no Chromium or no axe-core.

    python3 dashboard_test.py TERTIUS YEAR-OF-MAIL FOLDER-FOR-PICTURES [unittest's arguments]; TERTIUS_AXE is axe.min.js
"""
import base64
import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "flow"))

import browser
from pages_test import AXE, RUN_AXE
from postfix_site import free_port
from tertius_site import TertiusSite

TERTIUS, YEAR, FOLDER = "", "", pathlib.Path()
PAGES = {"four weeks": "/dashboard", "quarter": "/dashboard?range=3m", "year": "/dashboard?range=1y",
         "letters": "/dashboard/letters", "failed": "/dashboard/notices?state=failed"}

OVERLAPS = """(() => {
  const found = [];
  for (const plot of document.querySelectorAll('svg.plot')) {
    const boxes = [...plot.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()])
                                                    .filter(([, b]) => b.width > 0);
    boxes.forEach(([text, a], i) => boxes.slice(0, i).forEach(([other, b]) => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)
        found.push(`${plot.id || plot.querySelector('title').textContent}: "${text}" over "${other}"`);
    }));
    for (const [text, a] of boxes)
      if (a.left < -1 || a.right > innerWidth + 1) found.push(`"${text}" leaves the page`);
  }
  return found;
})()"""


class DashboardTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        FOLDER.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix="tertius-dashboard-")
        cls.addClassCleanup(folder.cleanup)
        cls.site = TertiusSite(TERTIUS, folder.name, free_port(), free_port())
        config = cls.site.config.read_text()
        cls.site.config.write_text(config.replace("[broker]\n", '[broker]\noperator = "operator@rowan.example"\n'))
        secret = browser.subprocess.run([YEAR, f"sqlite:{folder.name}/tertius.db", cls.site.url, "1500", "words"],
                                        check=True, capture_output=True, text=True).stdout.strip()
        cls.site.start()
        cls.addClassCleanup(cls.site.stop)
        cls.axe = AXE.read_text()
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.browser.call("Network.enable")
        cls.browser.call("Network.setCookie", name="tertius", value=secret, url=cls.site.url)

    def look(self, width, scheme):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.browser.call("Emulation.setScrollbarsHidden", hidden=True)
        self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def check_axe(self):
        self.browser.run(self.axe)
        self.assertEqual(self.browser.run(RUN_AXE, wait=True), [])

    def picture(self, name):
        width, height = self.browser.run("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, 6000), "scale": 1}
        data = self.browser.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"]
        (FOLDER / f"{name}.png").write_bytes(base64.b64decode(data))

    def test_every_page_at_every_width(self):
        for width in (320, 360, 480, 700, 1280):
            for scheme in ("light", "dark"):
                self.look(width, scheme)
                for name, path in PAGES.items():
                    with self.subTest(page=name, width=width, scheme=scheme):
                        self.browser.open(self.site.url + path)
                        self.assertIn("Sign out", self.browser.text())
                        self.assertLessEqual(self.browser.run("document.documentElement.scrollWidth"), width)
                        self.assertEqual(self.browser.run(OVERLAPS), [])
                        if width in (360, 1280):
                            self.picture(f"{name}-{width}-{scheme}")
                            self.check_axe()

    def test_each_plot_is_shown_once_and_in_colour(self):
        for width in (360, 1280):
            self.look(width, "light")
            self.browser.open(self.site.url + "/dashboard?range=1y")
            shown = self.browser.run("[...document.querySelectorAll('figure')].map(f => [...f.children].filter("
                                     "s => s.getBoundingClientRect().width > 0).length)")
            self.assertEqual(shown, [1] * 7)
            colours = self.browser.run("new Set([...document.querySelectorAll('#introductions .fill')].map("
                                       "e => getComputedStyle(e).fill)).size")
            self.assertEqual(colours, 8)

    def test_one_letter_and_one_mail(self):
        for list_page, word in (("/dashboard/letters?kind=human", "Why it was read as it was"),
                                ("/dashboard/notices?state=sent", "The mail")):
            for width in (360, 1280):
                self.look(width, "light")
                self.browser.open(self.site.url + list_page)
                self.browser.click(".list a")
                self.assertIn(word, self.browser.text())
                self.assertLessEqual(self.browser.run("document.documentElement.scrollWidth"), width)
                self.picture(re.sub(r"\W+", "-", word).lower() + f"-{width}")
                self.check_axe()
                self.browser.click(".facts a")
                self.assertIn("for you alone", self.browser.text())
                self.picture(f"introduction-{width}")
                self.check_axe()


if __name__ == "__main__":
    if not browser.find_browser() or not AXE.exists():
        print("no Chromium or no axe-core here")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    TERTIUS, YEAR, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    del sys.argv[1:4]
    unittest.main()
