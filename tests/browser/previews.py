"""Every HTML mail as `tertius preview` shows it: each kind, to everybody who may get it, in each language."""
import concurrent.futures
import itertools
import os
import re
import subprocess

USAGE = 64


def preview(tertius, *arguments):
    without_config = {name: value for name, value in os.environ.items() if name != "TERTIUS_CONFIG"}
    return subprocess.run([tertius, "preview", *arguments], capture_output=True, text=True, env=without_config)


def languages(tertius):
    """As the refusal of a language that is none lists them."""
    return re.search(r"the languages are (.*)", preview(tertius, "request", "--to-language", "none").stderr)[1].split(", ")


def html_mails(tertius):
    """{"en-receipt-target": the HTML}"""
    def one(mail):
        language, kind, to = mail
        done = preview(tertius, kind, "--to", to, "--to-language", language, "--html")
        assert done.returncode in (0, USAGE), done.stderr
        return "-".join(mail), done.stdout

    kinds = preview(tertius, "--list").stdout.split()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        mails = pool.map(one, itertools.product(languages(tertius), kinds, ["requester", "connector", "target"]))
        # A kind that does not go to somebody is refused.
        return {name: html for name, html in mails if html}
