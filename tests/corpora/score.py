#!/usr/bin/env python3
"""How well letters are read, measured on public mails. Usage: score.py TERTIUS DIR [--misses]

DIR holds any of reply/, auto/ and mime/, each with a manifest.tsv (tab-separated, header line; `file` is relative
to it). Every file is read by `tertius explain --json`; a table for each set gives one line per source.

reply   exact: the expected reply, white space aside; retain: none of its words lost; leak: a line of 12 or more
        characters that the expectation removes is still there. The sources disagree on what a reply is;
        "retain, ours" leaves aside what ours leaves out on purpose and some of them keep: signatures, device
        lines, the attribution above an inline answer, and a mail that is a forward only.
auto    kind: what the label allows; of people, how many were taken for machines; recipients, permanence, status.
mime    subject, from, to, text and attachment count, on rows whose expectation two parsers share.
"""
import collections
import csv
import json
import pathlib
import re
import subprocess
import sys

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


def score_mime(folder, row, answer):
    if not row["expected"].endswith(".json") or row["cpython"] != "yes":
        return
    expected = json.loads(read_text(folder / row["expected"]))
    for field in ("from", "to"):
        if field in expected:
            yield field, answer[field] == [mailbox["address"] for mailbox in expected[field]]
    if "subject" in expected:
        yield "subject", squeeze(answer["subject"]) == squeeze(expected["subject"] or "")
    if expected.get("text") is not None:
        yield "text", squeeze(expected["text"]) in squeeze(answer["text"])
    if "attachment_count" in expected:
        yield "attachments", len(answer["attachments"]) == expected["attachment_count"]


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
