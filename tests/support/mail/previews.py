"""Every mail as `tertius preview` shows it: each kind, to everybody who may get it, in each language."""
import concurrent.futures
import os
import pathlib
import pickle
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
    """{("en", "receipt", "target"): the octets}; the form is --raw, --text or --html. Kept beside the program that wrote them:
    five tests look at the same mails, and to start a sanitized program for each takes three minutes."""
    tertius = pathlib.Path(tertius).resolve()
    name = f"{tertius.name}.mails{form}"
    kept = tertius.with_name(f"{name}.{tertius.stat().st_mtime_ns}")
    if not kept.exists():
        for older in set(tertius.parent.glob(f"{name}.*")) - {kept}:
            older.unlink(missing_ok=True)
        whole = kept.with_name(f"part.{os.getpid()}.{kept.name}")
        whole.write_bytes(pickle.dumps(write_mails(tertius, form)))
        whole.replace(kept)  # another test may be about the same
    return pickle.loads(kept.read_bytes())


def write_mails(tertius, form):
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
