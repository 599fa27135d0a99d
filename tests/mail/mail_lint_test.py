#!/usr/bin/env python3
"""Every mail that Tertius sends against the rules of mail. Usage: mail_lint_test.py TERTIUS

Each kind, to everybody who may get it, in each language, as `tertius preview --raw` writes it: RFC 5322, 2045 to 2047,
2369, 3834 and 8058; and that nothing in them is fetched from anywhere, and every link is our own.
"""
import datetime
import email
import email.policy
import html.parser
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "mail"))

import previews

# Said a second time, not read from broker/notice.cpp: a slip there is a fault here.
SOMEBODY_ELSES_WORDS = {"request", "pitch", "introduction", "changes_wanted", "redirect_suggested"}
ANSWERS = {"receipt", "could_not_tell", "confirm_request", "connector_choices", "coach_findings", "problem",
           "stop_confirmation", "sign_in"}
WITHOUT_UNSUBSCRIBE = {"request", "introduction", "stop_confirmation", "sign_in", "token_made", "operator_alert"}
WITHOUT_STOP_LINK = {"introduction", "operator_alert"}
ITS_OWN_SUBJECT = {"confirm_request", "connector_choices", "changes_wanted", "redirect_suggested", "outcome_question", "thanks"}
OF_NO_INTRODUCTION = {"coach_findings", "problem", "stop_confirmation", "sign_in", "token_made", "operator_alert"}

DOMAIN = "intro.rowan.example"
ONCE = ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "X-Tertius-Loop", "Content-Language"]
AT_MOST_ONCE = ["Cc", "Reply-To", "References", "In-Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress",
                "List-Unsubscribe", "List-Unsubscribe-Post"]
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOT_ATOM = rf"{ATOM}(?:\.{ATOM})*"
ADDRESS = rf"{DOT_ATOM}@{DOT_ATOM}"
WORD = rf'(?:{ATOM}|"(?:[^"\\\r\n]|\\.)*")'
MAILBOX = rf"(?:{ADDRESS}|{WORD}(?: {WORD})* <{ADDRESS}>)"
MAILBOXES = rf"{MAILBOX}(?:, {MAILBOX})*"
MESSAGE_ID = rf"<{DOT_ATOM}@{DOT_ATOM}>"
TOKEN = "[a-z2-7]{30,}"
DATE = (r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
        r"\d{2}:\d{2}:\d{2} [+-]\d{4}")
FORMS = {"Date": DATE, "From": MAILBOX, "To": MAILBOXES, "Cc": MAILBOXES, "Reply-To": MAILBOXES, "Message-ID": MESSAGE_ID,
         "References": MESSAGE_ID, "In-Reply-To": MESSAGE_ID, "MIME-Version": r"1\.0", "X-Tertius-Loop": re.escape(DOMAIN),
         "Subject": r"[ -~]+", "List-Unsubscribe": rf"<https://{re.escape(DOMAIN)}/stop/{TOKEN}>",
         "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "X-Auto-Response-Suppress": "OOF, AutoReply",
         "Content-Type": r'multipart/alternative; boundary="[0-9A-Za-z\'()+_,./:=?-]{1,70}"'}
ENCODED_WORD = re.compile(r"=\?utf-8\?[bq]\?[!->@-~]*\?=")


def header_of(octets):
    """[(name, unfolded value)], and what is wrong with the lines."""
    lines = octets.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    faults = [f"a line of {len(line)}: {line}" for line in lines if len(line) > 76] + [
        f"no header line: {line!r}" for line in lines if not re.match(r"[!-9;-~]+:(?: |$)| [!-~]", line)]
    fields = re.sub("\r\n ", " ", "\r\n".join(lines)).replace(":  <", ": <").split("\r\n")
    return [tuple(field.split(": ", 1)) for field in fields], faults


def syntax_faults(fields):
    names = [name for name, _ in fields]
    yield from (f"{names.count(name)} of {name}" for name in ONCE if names.count(name) != 1)
    yield from (f"{names.count(name)} of {name}" for name in AT_MOST_ONCE if names.count(name) > 1)
    yield from (f"an unknown header {name}" for name in names if name not in ONCE + AT_MOST_ONCE)
    for name, value in fields:
        if name in FORMS and not re.fullmatch(FORMS[name], value):
            yield f"{name}: {value!r}"
        for word in re.findall(r"=\?\S*", value):
            if not ENCODED_WORD.fullmatch(word) or len(word) > 75:
                yield f"{name}: the encoded word {word!r}"


def date_faults(value):
    written = datetime.datetime.strptime(value, "%a, %d %b %Y %H:%M:%S %z")
    if written.strftime("%a") != value[:3]:
        yield f"the day of {value}"


def thread_faults(kind, header):
    anchor = rf"<t\.{TOKEN}@{re.escape(DOMAIN)}>"
    wanted = kind not in OF_NO_INTRODUCTION | {"introduction"}
    if bool(re.fullmatch(anchor, header.get("References", ""))) != wanted:
        yield f"References: {header.get('References')}"
    if header.get("In-Reply-To") != (header.get("References") if kind in ANSWERS else None):
        yield f"In-Reply-To: {header.get('In-Reply-To')}"
    if kind == "introduction":
        if header.get("Reply-To") != header["To"]:
            yield "an introduction is answered to both, not to us"
    else:
        mailbox = re.escape("intro@") if kind in OF_NO_INTRODUCTION else rf"intro\+{TOKEN}@"
        if not re.search(rf"<{mailbox}{re.escape(DOMAIN)}>$", header.get("Reply-To", "")):
            yield f"Reply-To: {header.get('Reply-To')}"


def automation_faults(kind, header):
    wanted = None if kind in SOMEBODY_ELSES_WORDS else "auto-replied" if kind in ANSWERS else "auto-generated"
    if header.get("Auto-Submitted") != wanted:
        yield f"Auto-Submitted: {header.get('Auto-Submitted')}, not {wanted}"
    if ("X-Auto-Response-Suppress" in header) != (wanted is not None):
        yield "X-Auto-Response-Suppress"
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post"):
        if (name in header) != (kind not in WITHOUT_UNSUBSCRIBE):
            yield f"{name}: {header.get(name)}"


def people_faults(kind, header):
    sender = re.search(r"<(.*)>$", header["From"])
    if not sender or sender[1] != f"intro@{DOMAIN}":
        yield f"From: {header['From']}"
    if (" via " in email.message_from_string("From: " + header["From"], policy=email.policy.default)["From"]) != (
            kind in SOMEBODY_ELSES_WORDS | {"reminder", "target_reminder"}):
        yield f"From: {header['From']}"
    if len(re.findall("@", header["To"])) != (2 if kind == "introduction" else 1) or ("Cc" in header) != (
            kind == "introduction"):
        yield "more than one recipient, or fewer than the introduction has"


def part_faults(octets, boundary):
    _, _, content = octets.partition(b"\r\n\r\n")
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)
    if len(pieces) != 4 or pieces[3] != b"--\r\n" or pieces[0]:
        yield f"{len(pieces) - 2} parts, or the boundary within one"
    for piece, kind in zip(pieces[1:3], (b"text/plain", b"text/html")):
        head, _, text = piece.partition(b"\r\n\r\n")
        if head != b"\r\nContent-Type: " + kind + b"; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable":
            yield f"a part's header: {head}"
        yield from (f"a line of a part: {line}" for line in text.split(b"\r\n")
                    if len(line) > 76 or re.search(rb"[^\t -~]|[ \t]$|^\.|^From |=(?![0-9A-F]{2}|$)", line))
        if boundary in text or b"=_" in text:
            yield "the boundary within a part"


class Html(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.faults, self.words = [], [], ""
        self.feed(text)

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a":
            self.links.append(attributes["href"])
        if tag in ("img", "script", "form", "link", "iframe", "object", "input", "video", "audio", "base"):
            self.faults.append(f"<{tag}>")
        if tag == "table" and attributes.get("role") != "presentation":
            self.faults.append("a table without its role")
        self.faults += [f"{name}={value}" for name, value in attributes.items()
                        if name in ("src", "background", "srcset") or name.startswith("on")]


def html_faults(kind, text, page, language):
    if not re.match(rf'<!doctype html>\s*<html lang="{language}"', page, re.IGNORECASE):
        yield "no language of the page"
    if re.search(r"url\(|@import|expression\(", page):
        yield "something from elsewhere"
    found = Html(page)
    yield from found.faults
    if (any(f"https://{DOMAIN}/stop/" in link for link in found.links)) != (kind not in WITHOUT_STOP_LINK):
        yield "the stop link"
    for link in found.links:
        at_home = re.fullmatch(rf"https://{re.escape(DOMAIN)}(/[!-~]*)?|mailto:[^@]+@{re.escape(DOMAIN)}(\?[!-~]*)?", link)
        introduced = kind == "introduction" and re.fullmatch(r"mailto:[!-~]+", link)
        if not at_home and not introduced:
            yield f"a link to {link}"
        if at_home and link.removeprefix("mailto:") not in text:
            yield f"a link that the text part lacks: {link}"


def words_of(letter):
    return [part.get_content() for part in letter.iter_parts()]


def faults(language, kind, octets):
    if len({octets.count(b"\r\n"), octets.count(b"\r"), octets.count(b"\n")}) > 1 or not octets.isascii():
        yield "a bare CR or LF, or an octet of 8 bits"
        return
    fields, found = header_of(octets)
    found += syntax_faults(fields)
    yield from found
    if found:
        return  # what follows takes the syntax for granted
    header = dict(fields)
    yield from date_faults(header["Date"])
    yield from thread_faults(kind, header)
    yield from automation_faults(kind, header)
    yield from people_faults(kind, header)
    if header["Content-Language"] != language:
        yield f"Content-Language: {header['Content-Language']}"
    yield from part_faults(octets, re.search('boundary="(.*)"', header["Content-Type"])[1].encode())
    letter = email.message_from_bytes(octets, policy=email.policy.default)
    yield from (f"defect: {defect}" for part in letter.walk() for defect in part.defects)
    text, page = words_of(letter)
    yield from html_faults(kind, text, page, language)


def subject_faults(mails):
    """One thread, one subject: mail readers that go by the subject keep it together (RFC 5256 3)."""
    subjects = {}
    for mail, octets in mails.items():
        header = dict(header_of(octets)[0])
        if mail[1] not in ITS_OWN_SUBJECT | OF_NO_INTRODUCTION | {"introduction"}:
            first = subjects.setdefault((mail[0], header["References"]), header["Subject"])
            if header["Subject"] != first:
                yield mail, f"Subject: {header['Subject']}, in the thread of {first}"


def main(tertius):
    mails = previews.mails(tertius, "--raw")
    found = [(mail, fault) for mail, octets in mails.items() for fault in faults(mail[0], mail[1], octets)]
    found += [] if found else subject_faults(mails)
    for mail, fault in found[:60]:
        print("-".join(mail) + ": " + fault)
    known = SOMEBODY_ELSES_WORDS | ANSWERS | WITHOUT_UNSUBSCRIBE | WITHOUT_STOP_LINK | OF_NO_INTRODUCTION
    kinds = set(previews.kinds(tertius))
    print(f"{len(mails)} mails of {len(kinds)} kinds: {len(found)} faults")
    sys.exit(1 if found or known - kinds or {kind for _, kind, _ in mails} != kinds else 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
