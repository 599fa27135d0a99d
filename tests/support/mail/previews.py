"""Every mail as `tertius preview` shows it: each kind, to everybody who may get it, in each language."""
import concurrent.futures
import os
import re
import subprocess


def preview(tertius, *arguments):
    without_config = {name: value for name, value in os.environ.items() if name != "TERTIUS_CONFIG"}
    return subprocess.run([tertius, "preview", *arguments], capture_output=True, env=without_config)


def kinds(tertius):
    return preview(tertius, "--list").stdout.decode().split()


def languages(tertius):
    """As the refusal of a language that is none lists them."""
    refusal = preview(tertius, "request", "--to-language", "none").stderr.decode()
    return re.search(r"the languages are (.*)", refusal)[1].split(", ")


def recipients(tertius, kind):
    """As the refusal of somebody who is nobody lists them."""
    refusal = preview(tertius, kind, "--to", "nobody").stderr.decode()
    return re.search(r"it goes to (.*)", refusal)[1].split(", ")


def mails(tertius, form):
    """{("en", "receipt", "target"): the octets}; the form is --raw, --text or --html."""
    def one(mail):
        language, kind, to = mail
        done = preview(tertius, kind, "--to", to, "--to-language", language, form)
        assert done.returncode == 0 and done.stdout, done.stderr
        return mail, done.stdout

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        names = kinds(tertius)
        whom = zip(names, pool.map(lambda kind: recipients(tertius, kind), names))
        pairs = [(kind, to) for kind, possible in whom for to in possible]
        return dict(pool.map(one, [(language, *pair) for language in languages(tertius) for pair in pairs]))


def html_mails(tertius):
    """{"en-receipt-target": the HTML}; with "en-request-second", to the second of two who are asked."""
    pages = {"-".join(mail): octets for mail, octets in mails(tertius, "--html").items()}
    for language in languages(tertius):
        for way in ("first", "second"):
            arguments = ("request", "--way", way, "--to-language", language, "--html")
            pages[f"{language}-request-{way}"] = preview(tertius, *arguments).stdout
    return {name: octets.decode() for name, octets in pages.items()}
