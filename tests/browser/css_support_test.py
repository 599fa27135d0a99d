#!/usr/bin/env python3
"""Whether mail readers understand what our HTML mails are made of: every element, attribute, property, value, selector
and media query of every mail, looked up in caniemail's tables (https://www.caniemail.com, Remi Parmentier, MIT).

    python3 css_support_test.py TERTIUS [unittest's arguments]

The tables are no part of this project: TERTIUS_CSS_SUPPORT names their folder. Skipped (77) where there is
none. caniemail-features.tsv has the features, caniemail-support.tsv a line for each
feature and client: feature, category, family, platform, version, support (y, a: in part, n, u: unknown), notes.
"""
import collections
import csv
import html.parser
import os
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "mail"))

import previews

TERTIUS = ""
FOLDER = pathlib.Path(os.environ.get("TERTIUS_CSS_SUPPORT", "/nonexistent"))
CLIENTS = {"gmail": None, "outlook": {"windows"}, "apple-mail": None, "thunderbird": None}

# What a client lacks, and why the mail is whole without it.
ENHANCEMENTS = {
    "css-at-media": "dark colours only; without them the light ones stand, with their own grounds",
    "css-at-media-prefers-color-scheme": "the same",
    "css-color-scheme": "tells Apple Mail and Thunderbird that we bring dark colours; others show the light ones",
    "html-meta-color-scheme": "the same",
    "css-selector-class": "Gmail's mobile web page drops <style>: dark colours only, each element has its own style",
    "css-selector-grouping": "the same",
    "css-border-radius": "Outlook shows square corners",
    "css-overflow-wrap": "breaks long addresses in people's words; where it is unknown word-break does it",
    "html-doctype": "taken away by Outlook and Thunderbird, which have modes of their own",
    "html-style": "dark colours only",
}
# What a client knows in part, and why that part is enough.
PARTIAL = {
    "css-border": "none of ours is on an inline element or below 1 px",
    "css-display": "block alone, on links; Outlook ignores it, and pads the cell instead (mso-padding-alt)",
    "css-font-size": "in px alone",
    "css-font-weight": "600 is bold where there are only two weights",
    "css-important": "in <style> for dark colours alone",
    "css-line-height": "in px and never below the font's size",
    "css-margin": "no negative ones, none on a body that has to stay",
    "css-max-width": "of tables, which a table of 600 px holds together in Outlook",
    "css-overflow-wrap": "see above",
    "css-padding": "in Outlook on cells and paragraphs; that of links is on their cells, by mso-padding-alt",
    "css-text-align": "left and center alone",
    "css-text-decoration": "underline and none alone, without colour",
    "css-width": "100% of tables",
    "css-word-break": "break-word is known everywhere; what is missing is newer",
    "html-body": "Gmail makes it a <div>: a table around all has the same ground",
    "html-dir": "ltr alone, as every reader has it without",
    "html-style": "dark colours only",
    "html-width": "600 and 100% alone, of tables",
}
# Part of something that has a row.
PART_OF = {"border-color": "css-border", "border-top": "css-border", "border-left": "css-border",
           "tr": "html-table", "td": "html-table"}
# As old as mail in HTML, or for one client alone: no table has a row for them.
WITHOUT_ROW = {"css-color", "css-font-family", "css-mso-padding-alt", "css-supported-color-schemes", "css-pseudo-class-root",
               "html-html", "html-head", "html-meta", "html-title", "html-a", "html-br", "html-class", "html-href",
               "html-border", "html-charset", "html-name", "html-content"}
DISPLAYS = {"none": "css-display-none", "flex": "css-display-flex", "grid": "css-display-grid"}
FUNCTIONS = {"calc": "css-unit-calc", "rgb": "css-rgb", "rgba": "css-rgba", "var": "css-variables"}


class Uses(html.parser.HTMLParser):
    """Collects in `found` what a mail is made of, by the name that a table would have for it."""

    def __init__(self, mail):
        super().__init__()
        self.found, self.in_style = set(), False
        self.feed(mail)

    def handle_decl(self, decl):
        self.found.add("html-doctype")

    def handle_comment(self, data):
        self.found.add("html-comments")  # what stands inside is for Outlook alone

    def handle_starttag(self, tag, attributes):
        self.in_style = tag == "style"
        self.found.add(PART_OF.get(tag, f"html-{tag}"))
        for name, value in attributes:
            if name == "style":
                self.declarations(value)
            elif name == "href" and value.startswith("mailto:"):
                self.found.add("html-mailto-links")
            elif name == "href" and value.startswith("#"):
                self.found.add("html-anchor-links")
            else:
                self.found.add(f"html-{name}")
        if tag == "meta" and dict(attributes).get("name") == "color-scheme":
            self.found.add("html-meta-color-scheme")

    def handle_endtag(self, tag):
        self.in_style = False

    def handle_data(self, data):
        if self.in_style:
            self.sheet(data)

    def sheet(self, css):
        if "/*" in css:
            self.found.add("css-comments")
        css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
        for query in re.findall(r"@(.*?)\{", css):
            word, *_ = query.split()
            self.found.add(f"css-at-{word}")
            self.found.update(f"css-at-media-{feature}" for feature in re.findall(r"\(\s*([a-z-]+)", query))
        css = re.sub(r"@[^{]*\{", "", css)
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
            self.selector(selectors.strip())
            self.declarations(body)

    def selector(self, text):
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 1:
            self.found.add("css-selector-grouping")
        for part in parts:
            for pseudo in re.findall(r":+([a-z-]+)", part):
                self.found.add(f"css-pseudo-class-{pseudo}")
            rest = re.sub(r":+[a-z-]+", "", part)
            kinds = {r"\.[\w-]+": "class", r"#[\w-]+": "id", r"\[": "attribute", r"(^|[\s>+~])[a-z]": "type", r"\*": "universal",
                     r">": "child", r"\+": "adjacent-sibling", r"~": "general-sibling", r"[\w\])] +[\w.#\[*]": "descendant",
                     r"[\w\]][.#\[]": "chaining"}
            self.found.update(f"css-selector-{kind}" for pattern, kind in kinds.items() if re.search(pattern, rest))

    def declarations(self, text):
        for declaration in filter(str.strip, text.split(";")):
            name, value = (part.strip() for part in declaration.split(":", 1))
            self.found.add(PART_OF.get(name, f"css-{name}"))
            self.value(name, value)

    def value(self, name, value):
        if "!important" in value:
            self.found.add("css-important")
        if name == "display" and value.split()[0] in DISPLAYS:
            self.found.add(DISPLAYS[value.split()[0]])
        for unit in re.findall(r"(?<![\w#])-?[\d.]+(%|[a-z]+)", value):
            self.found.add("css-unit-percent" if unit == "%" else f"css-unit-{unit}")
        for function in re.findall(r"([a-z-]+)\(", value):
            self.found.add(FUNCTIONS.get(function, f"css-function-{function}"))
        if name == "font-family" and re.search(r"\b(system-ui|ui-[a-z-]+)\b", value):
            self.found.add("css-sytem-ui")


def read_support():
    """{feature: {"gmail ios": "y"}}; the last line of a client is its newest version."""
    support = collections.defaultdict(dict)
    with open(FOLDER / "caniemail-support.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            wanted = CLIENTS.get(row["family"], set())
            if wanted is None or row["platform"] in wanted:
                support[row["feature"]][f"{row['family']} {row['platform']}"] = row["support"]
    return support


class CssSupportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.support = read_support()
        cls.mails = previews.html_mails(TERTIUS)
        cls.uses = collections.defaultdict(list)
        for name, mail in cls.mails.items():
            for use in Uses(mail).found:
                cls.uses[use].append(name)

    def those(self, kind):
        """{feature: the clients with this support}, of the features that our mails use."""
        found = {use: [client for client, has in self.support[use].items() if has == kind]
                 for use in self.uses if use in self.support}
        return {use: clients for use, clients in found.items() if clients}

    def test_all_mails_are_looked_at(self):
        self.assertGreaterEqual(len(self.mails), 22)
        self.assertGreaterEqual(len(self.uses), 40)
        for use in ["html-table", "css-background-color", "css-unit-px", "css-at-media-prefers-color-scheme"]:
            self.assertEqual(len(self.uses[use]), len(self.mails), use)

    def test_every_use_has_a_row_or_is_as_old_as_mail(self):
        unknown = {use: names[0] for use, names in self.uses.items() if use not in self.support and use not in WITHOUT_ROW}
        self.assertEqual(unknown, {}, "used in the mail named, and in no table")

    def test_what_a_client_lacks_is_an_enhancement(self):
        self.assertEqual({use: clients for use, clients in self.those("n").items() if use not in ENHANCEMENTS}, {})

    def test_what_a_client_knows_in_part_is_thought_of(self):
        self.assertEqual({use: clients for use, clients in self.those("a").items()
                          if use not in PARTIAL and use not in ENHANCEMENTS}, {})

    def test_the_lists_name_nothing_else(self):
        self.assertEqual(set(ENHANCEMENTS) - set(self.those("n")), set(), "every client has these, or no mail uses them")
        self.assertEqual(set(PARTIAL) - set(self.those("a")), set(), "every client has these, or no mail uses them")


if __name__ == "__main__":
    TERTIUS = os.path.abspath(sys.argv.pop(1))
    if not (FOLDER / "caniemail-support.tsv").exists():
        print("skipped: TERTIUS_CSS_SUPPORT names no folder with tables of CSS support")
        sys.exit(77)
    unittest.main()
