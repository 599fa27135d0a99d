#!/usr/bin/env python3
"""What SpamAssassin says of every mail that Tertius sends. Usage: spam_score_test.py TERTIUS

Each kind, to everybody who may get it, in each language, as `tertius preview --raw` writes it, and before it the headers
that the recipient's server adds: without Received and Return-Path no mail arrives anywhere. The rules are those of the
package, with settings of this test's own: neither the system's nor anybody's preferences, nothing learnt, no network
(`--local`), so neither block lists nor SPF and DKIM, which are the relay's affair. Skipped (77) without SpamAssassin.
"""
import collections
import email
import email.policy
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support" / "mail"))

import previews

HIGHEST = 0.5  # 5.0 is spam to SpamAssassin
RULES = "/usr/share/spamassassin"

# All plugins that the package loads but those that ask the network.
PLUGINS = ["AutoLearnThreshold", "BodyEval", "Check", "FreeMail", "FromNameSpoof", "HTMLEval", "HTTPSMismatch", "HeaderEval",
           "ImageInfo", "MIMEEval", "MIMEHeader", "RelayEval", "ReplaceTags", "URIDetail", "URIEval", "VBounce", "WLBLEval",
           "WelcomeListSubject"]
SETTINGS = """\
use_bayes 0
bayes_auto_learn 0
use_auto_welcomelist 0
trusted_networks 192.0.2.0/24
required_score 5
report_safe 0
clear_headers
add_header all Status score=_SCORE_ tests=_TESTSSCORES(,)_
"""

# The networks of RFC 5737, meant for examples, are illegal to SpamAssassin; RFC 2544's, for benches, is not.
RECEIVED = """\
Return-Path: <b+aaaaaaaaaaaaejaa76sbjjd5x4rui6gdkwa44@intro.rowan.example>\r
Received: from mail.intro.rowan.example (mail.intro.rowan.example [198.18.0.7])\r
\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r
\tby mx.example.org (Postfix) with ESMTPS id 4RXq2b1Zr0z9sSR\r
\tfor <{recipient}>; {date}\r
"""


def as_received(octets):
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    recipient = mail["To"].addresses[0].addr_spec
    return RECEIVED.format(recipient=recipient, date=mail["Date"]).encode() + octets


def write_settings(folder):
    site = folder / "site"
    site.mkdir()
    (site / "plugins.pre").write_text("".join(f"loadplugin Mail::SpamAssassin::Plugin::{name}\n" for name in PLUGINS))
    (site / "local.cf").write_text(SETTINGS)
    (folder / "preferences").write_text("")
    return [f"--siteconfigpath={site}", f"--configpath={RULES}", f"--prefspath={folder / 'preferences'}"]


def scores(folder, mails):
    """{mail: (score, {rule: score})}; one process for all, for starting takes longer than thirty mails."""
    settings, files = write_settings(folder), []
    for name, octets in mails.items():
        files.append(folder / ("-".join(name) + ".eml"))
        files[-1].write_bytes(as_received(octets))
    run = subprocess.run(["spamassassin", "--local", "--nocreate-prefs", *settings, *files],
                         env=os.environ | {"HOME": str(folder)}, capture_output=True, check=True)
    said = re.findall(rb"^X-Spam-Status: score=(-?[\d.]+) tests=((?:.*\n)(?:[ \t].*\n)*)", run.stdout, re.MULTILINE)
    assert len(said) == len(files), f"{len(files)} mails, {len(said)} answers:\n{run.stderr.decode()}"
    return {name: (float(score), rules_in(rules)) for name, (score, rules) in zip(mails, said)}


def rules_in(text):
    return {name: float(score) for name, score in re.findall(r"(\w+)=(-?[\d.]+)", re.sub(r"\s", "", text.decode()))}


def is_awake(folder):
    """GTUBE, the text that every SpamAssassin must find."""
    spam = b"Subject: x\r\n\r\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n"
    mail = b"Date: Mon, 09 Mar 2026 09:00:00 +0000\r\nFrom: a@example.org\r\nTo: b@example.org\r\n" + spam
    return scores(folder, {("gtube",): mail})[("gtube",)][0] > 900


def main(tertius):
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        if not is_awake(pathlib.Path(first)):
            sys.exit("SpamAssassin finds no spam at all")
        found = scores(pathlib.Path(second), previews.mails(tertius, "--raw"))
    hits = collections.Counter((rule, score) for _, rules in found.values() for rule, score in rules.items())
    for (rule, score), count in hits.most_common():
        print(f"{count:5} x {score:6.3f}  {rule}")
    worst = {mail: answer for mail, answer in found.items() if answer[0] > HIGHEST}
    for mail, (score, rules) in worst.items():
        print(f"{'-'.join(mail)}: {score} {rules}")
    print(f"{len(found)} mails, the highest score {max(score for score, _ in found.values())}, {len(worst)} above {HIGHEST}")
    sys.exit(1 if worst else 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not shutil.which("spamassassin"):
        print("spam_score_test is skipped: spamassassin is not installed")
        sys.exit(1 if os.environ.get("TERTIUS_TEST_NOTHING_MISSING") else 77)
    main(sys.argv[1])
