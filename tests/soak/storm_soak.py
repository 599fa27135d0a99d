#!/usr/bin/env python3
"""50,000 letters over 32 connections, and 20,000 clicks meanwhile. Usage: storm_soak.py BUILD [--small]

50,000 connectors have been asked. Of the letters, 24,000 are answers that forward or decline; the others are answers of
machines, bounces, strangers' answers to somebody else's request, unclear ones, advertisements, rubbish, and letters that
come again. Another 20,000 connectors answer by a click (GET, then POST), some twice. Each introduction gets one decision at
most, and it is known which. Then: every letter answered 250 is stored exactly once with an outcome, every introduction
stands where it has to with its own person's words, every mail has gone out exactly once, and memory is flat.
"""
import random
import sys

from soak_site import SoakSite, arguments, folder
from storm_clients import Sink, Storm, ask_everybody
from storm_judges import judge_decisions, judge_letters, judge_mails
from storm_plan import Plan
from table import Table

# A letter that were kept, or one row of a table for it, is some kilobytes; a token some fifty octets and the node that holds
# it. The allocator's own noise is up to two megabytes, whatever the number.
OCTETS_A_LETTER, NOISE_MB = 100, 2


def judge_memory(table, rss):
    table.figure("RSS at 25, 50, 100 % of the letters", ", ".join(f"{mb:.1f} MB" for mb, _ in rss))
    (half, first), (whole, last) = rss[1:]
    growth = (whole - half) * 1e6 / max(last - first, 1)
    table.bar(f"memory flat: from 50 to 100 %, at most {OCTETS_A_LETTER} octets a letter or {NOISE_MB} MB",
              f"{growth:.0f} octets a letter", growth <= OCTETS_A_LETTER or whole - half <= NOISE_MB)


def main():
    options = arguments(__doc__)
    random.seed(20260309)
    with folder("storm") as place:
        sink = Sink(place)
        site = SoakSite(options.build, place, sink.port)
        try:
            return run(options, site, sink)
        finally:
            site.stop()
            sink.close()


def run(options, site, sink):
    asked = ask_everybody(options, [site], sink)
    table, rss = Table("storm"), []
    storm = Storm([site], sink, Plan(asked, options.scale))

    def look():
        rss.append((site.rss_mb(), storm.answered.value))
    storm.run({25: look, 50: look, 100: look}, goes_on=site.is_alive)
    table.figure("letters a second, with the clicks", f"{len(storm.plan.letters) / storm.seconds:.0f}")
    site.await_quiet(1200)
    judge_letters(table, storm)
    judge_decisions(table, storm)
    judge_mails(table, storm, sink)
    judge_memory(table, rss)
    return table.end()


if __name__ == "__main__":
    sys.exit(main())
