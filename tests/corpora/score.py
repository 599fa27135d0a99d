#!/usr/bin/env python3
"""How well letters are read, measured on public mails. Usage: score.py TERTIUS DIR [--misses]

DIR holds any of reply/, auto/ and mime/, each with a manifest.tsv (tab-separated, header line; `file` is relative
to it). Every file is read by `tertius explain --json`; a table for each set gives one line per source.

reply   exact: the expected reply, white space aside; retain: none of its words lost; leak: a line of 12 or more
        characters that the expectation removes is still there. The sources disagree on what a reply is;
        "retain, ours" leaves aside what ours leaves out on purpose and some of them keep: signatures, device
        lines, the attribution above an inline answer, and a mail that is a forward only.
auto    kind: what the label allows; of people, how many were taken for machines; recipients, permanence, status.
mime    subject, from, to, text and the attachments' count, types and names, white space aside. A field of a row is
        scored where a second parser, Python's `email`, asked here, reads what the row expects; "disputed" counts the
        others (a source that names the first addressee only, that counts no signature, or no named text sent inline,
        that takes a text cut short for an attachment). U+FFFD in an expectation stands for octets its parser could
        not read, raw latin-1 in ASCII mostly: whatever beyond ASCII we show there is right, and more than was asked.
        A text counts only when it is equal, not when it holds the expected one. Files uuencoded within a text are
        attachments to us, as to mail programs; MIME knows nothing of them, so the second parser is taught them.
"""
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "mail"))
import python_email

OURS = {"bounce": "bounce", "feedback": "complaint", "auto-reply": "auto", "mdn": "receipt", "human": "human",
        "dsn-success": "receipt"}
MACHINES = {"auto", "bounce", "complaint", "receipt"}


def rows_of(folder):
    with open(folder / "manifest.tsv", encoding="utf8") as manifest:
        return list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_letters(tertius, files):
    """One answer for each file, in their order: a letter that crashes the program ends the run."""
    run = subprocess.run([tertius, "explain", "--json", "--whole", *files], capture_output=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(files), f"{len(files)} files, {len(answers)} answers"
    return answers


def read_text(path):
    return path.read_bytes().decode("utf8", "replace")


def squeeze(text):
    return re.sub(r"\s+", "", text)


def keeps_words(expected, got):
    words = iter(re.findall(r"\w+", got))
    return all(word in words for word in re.findall(r"\w+", expected))


def leaks(path, expected, got):
    kept, shown = squeeze(expected), squeeze(got)
    if path.suffix == ".html":
        return len(shown) > len(kept)
    removed = (squeeze(line) for line in read_text(path).splitlines() if len(line.strip()) >= 12)
    return any(line not in kept and line in shown for line in removed)


def keeps(row, expected, got):
    if row["cmp"] != "nows":
        return keeps_words(expected, got)
    letters = iter(squeeze(got))  # expectations that were stored without white space
    return all(letter in letters for letter in squeeze(expected))


SIGNATURE = re.compile(r"^\s*(--\s*|\u2014\s*|__+\s*|(-|Sent (from|with) ).*)$")


def in_our_convention(row, expected):
    """The part of an expectation that a reader of our convention keeps; None: it has no say there."""
    if row["kind"] == "forward" and "returned whole" in row["convention"]:
        return None
    lines = [line for line in expected.splitlines() if not (line.startswith(">") or line.rstrip().endswith("wrote:"))]
    if "signature" in row["convention"] and "kept" in row["convention"]:
        lines = lines[:next((at for at, line in enumerate(lines) if SIGNATURE.match(line)), len(lines))]
    return "\n".join(lines)


def score_reply(folder, row, answer):
    got = answer["visible_text"]
    if row["expected"]:
        expected = read_text(folder / row["expected"])
        yield "exact", squeeze(got) == squeeze(expected)
        yield "retain", keeps(row, expected, got)
        ours = in_our_convention(row, expected)
        if ours is not None:
            yield "retain, ours", keeps(row, ours, got)
        yield "no leak", not leaks(folder / row["file"], expected, got)
    checks = json.loads(read_text(folder / row["checks"])) if row["checks"] else {}
    wanted, unwanted = checks.get("contains", []), checks.get("not_contains", [])
    if wanted or unwanted:
        shown = squeeze(got)
        yield "checks", all(squeeze(x) in shown for x in wanted) and not any(squeeze(x) in shown for x in unwanted)


def allowed_kinds(row):
    for label in row["accept"].split("|"):
        yield OURS.get(label, "human")
        if label == "other":  # a list's mail, a notice of some service: not a person's answer, nor a bounce
            yield from ("list", "auto", "loop")


def score_auto(_, row, answer):
    label = row["label"]
    yield label, answer["kind"] in allowed_kinds(row)
    if label == "human":
        yield "human not machine", answer["kind"] not in MACHINES
    if label != "bounce" or answer["kind"] != "bounce":
        return
    if row["rcpt"]:
        found = {address.lower() for address in answer["failed_recipients"]}
        yield "recipients", {address.lower() for address in re.split(r"[|, ]+", row["rcpt"])} == found
    if row["permanence"]:
        yield "permanence", answer["permanence"] == row["permanence"]
    if row["status"]:
        yield "status", answer["status"] == row["status"]


UUENCODED = re.compile(r"^begin [0-7]{3,4} (\S+)[^\n]*\n(?:[ -`]*\r?\n)*end[ \t\r]*$", re.MULTILINE)


def python_reads(path):
    read = python_email.read(path.read_bytes())
    files = [("application/octet-stream", name) for name in UUENCODED.findall(read["text"])]
    return {**read, "text": UUENCODED.sub("", read["text"]), "attachments": read["attachments"] + files}


def same_text(expected, got):
    pieces = re.split("\ufffd+", squeeze(expected))
    return re.fullmatch("[^\0-\x7f]+".join(map(re.escape, pieces)), squeeze(got)) is not None


def expected_attachments(expected):
    """Types and names; nothing where the source gives the count alone."""
    leaves = [leaf for leaf in expected.get("leaves") or [] if leaf.get("attachment")]
    if len(leaves) != expected["attachment_count"]:
        return None
    return [(leaf.get("type"), bare_name(leaf.get("name") or leaf.get("filename") or "")) for leaf in leaves]


def bare_name(name):
    """Bare Windows paths come quoted: to the letter of RFC 5322 their backslashes go, in practice they stay."""
    return name.replace("\\", "")


def same_attachments(expected, got):
    known = expected_attachments(expected)
    return len(got) == expected["attachment_count"] and (
        known is None or known == [(kind, bare_name(name)) for kind, name in got])


def mime_fields(expected, read):
    if "subject" in expected:
        yield "subject", same_text(expected["subject"] or "", read["subject"])
    for field in ("from", "to"):
        if field in expected:
            yield field, read[field] == [mailbox["address"] for mailbox in expected[field]]
    if expected.get("text") is not None:
        yield "text", same_text(expected["text"], read["text"])
    if "attachment_count" in expected:
        yield "attachments", same_attachments(expected, read["attachments"])


def score_mime(folder, row, answer):
    if not row["expected"].endswith(".json") or row["cpython"] != "yes":
        return
    expected = json.loads(read_text(folder / row["expected"]))
    answer = {**answer, "attachments": [(one["type"], one["name"]) for one in answer["attachments"]]}
    agreed = dict(mime_fields(expected, python_reads(folder / row["file"])))
    for field, good in mime_fields(expected, answer):
        yield field if agreed[field] else f"disputed {field}", good


SCORES = {"reply": score_reply, "auto": score_auto, "mime": score_mime}


def score(tertius, folder, show_misses):
    rows = rows_of(folder)
    answers = read_letters(tertius, [folder / row["file"] for row in rows])
    totals = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0]))
    for row, answer in zip(rows, answers):
        for name, good in SCORES[folder.name](folder, row, answer):
            for source in (row["source"], "all"):
                totals[source][name][0] += bool(good)
                totals[source][name][1] += 1
            if show_misses and not good:
                print(f"missed {name}: {row['file']}: {answer['kind']} {json.dumps(answer['why'])}")
    print(f"\n{folder.name}: {len(rows)} files")
    for source, counts in sorted(totals.items(), key=lambda item: (item[0] == "all", item[0])):
        cells = (f"{name} {good}/{of} ({100 * good / of:.1f} %)" for name, (good, of) in counts.items())
        print(f"  {source:28} " + ", ".join(cells))


def main(tertius, folder, *options):
    sets = [pathlib.Path(folder) / name for name in SCORES if (pathlib.Path(folder) / name / "manifest.tsv").exists()]
    if not sets:
        sys.exit(f"{folder}: none of {', '.join(SCORES)} with a manifest.tsv is there")
    for one in sets:
        score(tertius, one, "--misses" in options)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
