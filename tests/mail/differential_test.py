#!/usr/bin/env python3
"""Letters as Tertius reads them and as Python's `email` does. Usage: differential_test.py TERTIUS [SEED [COUNT]]

First tests/data/letters: subject, addresses, text and attachments must be the same, but for the fields named in
DIFFERS, where they must differ. Then letters made by Python from random words: what went in must come out.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import python_email
import random_letters

LETTERS = pathlib.Path(__file__).parents[1] / "data" / "letters"
FIELDS = ("subject", "from", "to", "text", "attachments")

DIFFERS = {
    "address-idn": {"to": "octets of a UTF-8 domain stay surrogates in Python"},
    "body-bom": {"text": "Python shows the byte-order mark"},
    "charset-1252-as-latin1": {"text": "latin-1 to the letter shows controls where the writer saw quotes"},
    "charset-gb2312": {"text": "GB2312 to the letter lacks the character; Windows means GBK by it"},
    "charset-none": {"text": "no charset is ASCII to the letter, UTF-8 where it is valid in practice"},
    "charset-shift-jis": {"text": "Shift_JIS to the letter lacks the circled digit; Windows means its own"},
    "charset-unknown": {"text": "a charset that Python does not know; windows-1252 is the best guess"},
    "cr-only": {"text": "Python ends lines at a CR in headers alone"},
    "encoded-word-unknown-charset": {"subject": "a charset that Python does not know"},
    "file-bom": {field: "Python finds no header behind a byte-order mark" for field in ("subject", "from", "to", "text")},
    "filename-both": {"attachments": "Python takes the first name; RFC 6266 4.3 and mail clients the encoded one"},
    "flowed-delsp": {"text": "Python does not undo format=flowed"},
    "flowed-quote": {"text": "Python does not undo format=flowed"},
    "html-only": {"text": "Python does not make text of HTML"},
    "html-with-empty-text": {"text": "Python shows the empty text"},
    "inline-image": {"text": "Python does not make text of HTML"},
    "no-boundary": {field: "Python has neither text nor parts where no boundary is named"
                    for field in ("text", "attachments")},
    "no-parts": {"text": "Python keeps the text for itself"},
    "nul": {field: "Python keeps a NUL" for field in ("subject", "text")},
    "qp-soft-breaks": {"text": "Python keeps white space at a line's end, against RFC 2045 6.7 rule 3"},
    "raw-latin1-header": {"subject": "octets that are no UTF-8 are lost in Python"},
    "two-senders": {"from": "Python lists both; the first is what mail clients show"},
    "uuencode": {field: "a file within a text is nothing to MIME" for field in ("text", "attachments")},
}


def explain(tertius, files):
    run = subprocess.run([tertius, "explain", "--json", "--whole", *files], capture_output=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(files), f"{len(files)} files, {len(answers)} answers"
    for answer in answers:
        answer["attachments"] = [(one["type"], one["name"]) for one in answer["attachments"]]
    return answers


def comparable(field, value):
    """A text's last line end is where two parsers cut, not what somebody wrote."""
    return value.rstrip("\n") if field == "text" else value


def differences(ours, theirs):
    return [field for field in FIELDS if comparable(field, ours[field]) != comparable(field, theirs[field])]


def show(name, field, ours, theirs):
    print(f"{name}: {field}\n  Tertius: {ours[field]!r}\n  other:   {theirs[field]!r}")


def check_golden(tertius):
    files = sorted(LETTERS.glob("*.eml"))
    failures = 0
    for file, ours in zip(files, explain(tertius, files)):
        theirs = python_email.read(file.read_bytes())
        found, known = set(differences(ours, theirs)), set(DIFFERS.get(file.stem, {}))
        for field in sorted(found ^ known):
            show(file.stem, field, ours, theirs)
            print("  " + ("a difference that nobody explains" if field in found else "said to differ, and does not"))
        failures += len(found ^ known)
    missing = DIFFERS.keys() - {file.stem for file in files}
    assert not missing, f"no such letters: {missing}"
    fields = sum(len(entry) for entry in DIFFERS.values())
    print(f"{len(files)} golden letters, {fields} explained differences, {failures} not explained")
    return failures + (not files)


def check_random(tertius, seed, count):
    made = [random_letters.make(f"{seed}.{i}") for i in range(count)]
    failures = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / f"{i:05}.eml" for i in range(count)]
        for file, (letter, _) in zip(files, made):
            file.write_bytes(letter)
        for i, (ours, (letter, meant)) in enumerate(zip(explain(tertius, files), made)):
            theirs = python_email.read(letter)
            for field in differences(ours, meant):
                # Python's own writer loses a blank now and then where it folds: what Python reads back as we do
                # was not written.
                if comparable(field, ours[field]) == comparable(field, theirs[field]):
                    skipped += 1
                    continue
                show(f"letter {seed}.{i}", field, ours, meant)
                failures += 1
    print(f"{count} random letters, seed {seed}: {failures} fields read wrongly, {skipped} that Python wrote wrongly")
    return failures + (skipped > count * len(FIELDS) // 50)


def main(tertius, seed="1", count="500"):
    sys.exit(1 if check_golden(tertius) + check_random(tertius, seed, int(count)) else 0)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
