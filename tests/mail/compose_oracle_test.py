#!/usr/bin/env python3
"""What mail::compose writes, read by Python's `email`. Usage: compose_oracle_test.py COMPOSE_CASES [SEED [COUNT]]

Names, addresses, subject and bodies come back as they went in, after the cleaning that write_header.hpp and
write_quoted_printable.hpp promise; the headers are those expected and no others; every line fits the wire.
"""
import base64
import concurrent.futures
import datetime
import email
import email.errors
import email.header
import email.parser
import email.policy
import email.utils
import json
import os
import quopri
import re
import subprocess
import sys

import random_compositions

LONGEST = 998  # RFC 5322 2.1.1
FOLDED = 78
ENCODED = 76  # RFC 2045 6.7 (5), RFC 2047 2
ENCODED_WORD = re.compile(rb"=\?([^?\s]+)\?([qb])\?([^?\s]*)\?=")


# ---- what should be ----

def as_utf8(text, errors):
    return text.encode("utf-8", "surrogateescape").decode("utf-8", errors)


def one_line(text):
    valid = re.sub("[\udc80-\udcff]", "\ufffd", as_utf8(text, "surrogateescape"))
    kept = re.sub("[\u202a-\u202e\u2066-\u2069\ufeff]", "", valid)
    return re.sub("[\0-\x20\x7f-\x9f\u2028\u2029]+", " ", kept).strip(" ")


def body(text):
    lines = re.sub("\r\n?", "\n", text.replace("\0", ""))
    return (lines + "\n" if lines and not lines.endswith("\n") else lines).encode("utf-8", "surrogateescape")


def people(mailboxes):
    return [(one_line(name), random_compositions.ADDRESSES[address]) for name, address in mailboxes
            if address in random_compositions.ADDRESSES]


def is_token(text):
    return 0 < len(text) <= 900 and bool(re.fullmatch(r"[!-~]+", text)) and not re.search("[<>]", text)


def tokens(texts, separator):
    return (separator + " ").join(f"<{text}>" for text in texts if is_token(text))


def unsubscribe(case):
    mail = case["unsubscribe_mail"]
    return [case["unsubscribe_url"]] + ([f"mailto:{mail}?subject=stop"] if mail else [])


def expected_headers(case):
    """In order; None for what is looked at elsewhere, "" for what is left out."""
    answers = case["auto_submitted"] == "auto-replied"
    url = case["unsubscribe_url"]
    fields = {
        "Date": None, "From": None, "To": None, "Cc": None if people(case["cc"]) else "",
        "Reply-To": None if people(case["reply_to"]) else "", "Subject": None, "Message-ID": tokens([case["message_id"]], ""),
        "In-Reply-To": tokens(case["references"][-1:], "") if answers else "", "References": tokens(case["references"], ""),
        "Auto-Submitted": "" if case["auto_submitted"] == "none" else case["auto_submitted"],
        "X-Auto-Response-Suppress": "OOF, AutoReply" if case["suppress_auto_replies"] else "",
        "X-Tertius-Loop": None if case["loop_domain"] else "", "List-Unsubscribe": tokens(unsubscribe(case), ","),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" if is_token(url) and url.startswith("https://") else "",
        "Content-Language": case["language"] if re.fullmatch("[A-Za-z0-9-]{1,35}", case["language"]) else "",
        "MIME-Version": "1.0", "Content-Type": None, "Content-Transfer-Encoding": "" if case["html"] else "quoted-printable",
    }
    return {name: value for name, value in fields.items() if value != ""}


# ---- what is ----

def wire_faults(mail, utf8_address):
    if len({mail.count(b"\r\n"), mail.count(b"\r"), mail.count(b"\n")}) > 1:
        yield "a bare CR or LF"
    if re.search(rb"[^\t\r\n -~]", mail) and not (utf8_address and is_eight_bit_in_addresses_alone(mail)):
        yield "not 7-bit"
    if re.search(rb"[ \t]\r\n", mail):
        yield "white space at the end of a line"
    head, _, content = mail.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        # A space behind the first column or a field's name is where it could have been folded.
        can_be_folded = re.search(rb"[ \t]", re.sub(rb'"[^"]*"', b"q", line.lstrip(b" ")))
        if len(line) > (ENCODED if b"=?" in line else FOLDED if can_be_folded else LONGEST):
            yield f"a header line of {len(line)}: {line}"
    for line in content.split(b"\r\n"):
        if len(line) > ENCODED:
            yield f"a line of {len(line)}: {line}"
        if line.startswith((b".", b"From ")):
            yield f"a line that relays or mailboxes change: {line}"


def is_eight_bit_in_addresses_alone(mail):
    return not re.search(rb"[^\t\r\n -~]", re.sub(rb"<?jos\xc3\xa9@example\.org>?", b"", mail))


def encoded_word_faults(mail):
    for word in ENCODED_WORD.finditer(mail.partition(b"\r\n\r\n")[0]):
        charset, encoding, text = word.groups()
        if len(word[0]) > 75:
            yield f"an encoded word of {len(word[0])}: {word[0]}"
        octets = base64.b64decode(text, validate=True) if encoding == b"b" else quopri.decodestring(text, header=True)
        try:
            decoded = octets.decode(charset.decode())
        except UnicodeDecodeError:
            yield f"no whole characters: {word[0]}"
        else:
            if one_line(f"x{decoded}x") != re.sub(" +", " ", f"x{decoded}x"):
                yield f"control characters in {word[0]}"


def header_faults(case, names, found):
    expected = expected_headers(case)
    if names != list(expected):
        yield f"headers {names}, not {list(expected)}"
    for name, value in expected.items():
        # Python keeps the space of a first line that holds nothing but the field's name.
        if value is not None and str(found.get(name)).lstrip(" ") != value:
            yield f"{name}: {found.get(name)!r}, not {value!r}"
    for name, text in (("Subject", case["subject"]), ("X-Tertius-Loop", case["loop_domain"])):
        if str(found.get(name, "")).lstrip(" ") != one_line(text):
            yield f"{name}: {found.get(name)!r}, not {one_line(text)!r}"
    date = datetime.datetime.fromtimestamp(case["date"], datetime.timezone.utc)
    if found["Date"].datetime != date or not found["Date"].endswith("+0000"):
        yield f"Date: {found['Date']}, not {date}"


def names_in(written, addresses):
    """By Python's older reader: the newer one shows the space between two encoded words of a name (CPython gh-128110)."""
    rest, names = written.replace("\r\n", "").lstrip(), []
    for address in addresses:
        bare = rest.startswith(address)
        phrase, _, rest = rest.partition(address if bare else f" <{address}>")
        quoted = phrase.startswith('"')
        names.append(email.utils.unquote(phrase) if quoted else str(email.header.make_header(email.header.decode_header(phrase))))
        rest = rest.removeprefix(",").lstrip(" ")
    return names


def people_faults(case, found, as_written):
    for header, name in (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Reply-To", "reply_to")):
        meant = people([case["from"]] if name == "from" else case[name])
        addresses = [one.addr_spec for one in found[header].addresses] if header in found else []
        if addresses != [address for _, address in meant]:
            yield f"{name}: {addresses}, not {meant}"
        elif meant and names_in(as_written[header], addresses) != [one for one, _ in meant]:
            yield f"{name}: {names_in(as_written[header], addresses)}, not {meant}"


def body_faults(case, letter):
    meant = [("text/plain", body(case["text"]))] + ([("text/html", body(case["html"]))] if case["html"] else [])
    parts = letter.get_payload() if letter.is_multipart() else [letter]
    if letter.get_content_type() != ("multipart/alternative" if case["html"] else "text/plain"):
        yield f"it is {letter.get_content_type()}"
    found = [(part.get_content_type(), part.get_payload(decode=True).replace(b"\r\n", b"\n")) for part in parts]
    if found != meant:
        yield f"{found}, not {meant}"
    if {part.get_content_charset() for part in parts} != {"utf-8"}:
        yield "a charset"


def is_expected(defect, utf8_address):
    return utf8_address and isinstance(defect, email.errors.NonASCIILocalPartDefect)


def faults(case, mail):
    """The header by Python's newer reader, the parts by the older one, which is five times faster at that."""
    fields = email.parser.HeaderParser(policy=email.policy.default).parsestr(mail.decode()).items()
    letter = email.message_from_string(mail.decode(), policy=email.policy.compat32)
    utf8_address = any(not address.isascii() for _, address in people(case["to"] + case["cc"] + case["reply_to"]))
    yield from wire_faults(mail, utf8_address)
    yield from encoded_word_faults(mail)
    yield from header_faults(case, [name for name, _ in fields], dict(fields))
    yield from people_faults(case, dict(fields), letter)
    yield from body_faults(case, letter)
    defects = [d for part in letter.walk() for d in part.defects] + [d for _, value in fields for d in value.defects]
    yield from (f"defect: {defect!r}" for defect in defects if not is_expected(defect, utf8_address))


# ---- all of them ----

def compose(program, cases):
    given = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases).encode("utf-8", "surrogateescape")
    out, mails = subprocess.run([program], input=given, stdout=subprocess.PIPE, check=True).stdout, []
    while out:
        size, _, out = out.partition(b"\n")
        mails.append(out[:int(size)])
        out = out[int(size):]
    assert len(mails) == len(cases), f"{len(cases)} cases, {len(mails)} mails"
    return mails


def all_faults(case, mail):
    try:
        return list(faults(case, mail))
    except Exception as error:  # whatever Python's reader makes of what should never have been written
        return [f"it cannot be read: {error!r}"]


def check(program, names):
    cases = [random_compositions.make(name) for name in names]
    return [(name, fault) for name, case, mail in zip(names, cases, compose(program, cases)) for fault in all_faults(case, mail)]


def main(program, seed="1", count="10000"):
    names = [f"{seed}.{i}" for i in range(int(count))]
    batches = [names[i:i + 250] for i in range(0, len(names), 250)]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [fault for batch in pool.map(check, [program] * len(batches), batches) for fault in batch]
    for name, fault in found[:40]:
        print(f"mail {name}: {fault[:1000]}")
    print(f"{count} mails, seed {seed}: {len(found)} faults")
    sys.exit(1 if found or not names else 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
