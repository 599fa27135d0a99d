#!/usr/bin/env python3
"""What a community of 10^3, 10^5 and 10^7 members wants, reckoned from what `./run bench scale` has measured.

usage: capacity.py build-bench/scale.json

The community is assumed to be: 25 ties a member, 2 requests a member and year, 9 mails and 3 letters a request, everything
kept for two years but the letters themselves (90 days). A day's busiest hour has a tenth of it.
"""
import json
import sys

MEMBERS = (10**3, 10**5, 10**7)
TIES, REQUESTS_A_YEAR, MAILS, LETTERS, YEARS, LETTER_DAYS, BUSY = 25, 2, 9, 3, 2, 90, 0.1
KNOWN = 4  # people in a database for each member: whom their files name
LETTER_BYTES = 12_000  # raw, as an answer with its quote is
NETWORK_TIE, NETWORK_PERSON = 2 * 5.8, 40  # ./run bench network: octets in memory, a tie both ways, a person
COMMITS_OF_A_MAIL = 2 / 16  # claimed and settled some sixteen at a time


def size(octets):
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if octets < 1000 or unit == "TB":
            return f"{octets:.0f} {unit}" if octets >= 10 or unit == "B" else f"{octets:.1f} {unit}"
        octets /= 1000


def rows(figures, members):
    people, ties, requests = members * (1 + KNOWN), members * TIES, members * REQUESTS_A_YEAR
    mails_a_day = requests * MAILS / 365
    busiest = mails_a_day * BUSY / 3600
    kept = requests * YEARS
    disk = (people * figures["person_bytes"] + ties * figures["tie_bytes"] +
            kept * (figures["introduction_bytes"] + MAILS * figures["mail_bytes"]) +
            requests * LETTERS * LETTER_DAYS / 365 * LETTER_BYTES)
    network = ties * NETWORK_TIE + people * NETWORK_PERSON
    return {
        "people, with those whom files name": f"{people:,}",
        "ties": f"{ties:,}",
        "requests a day": f"{requests / 365:,.0f}",
        "mails a day": f"{mails_a_day:,.0f}",
        "mails a second, in the busiest hour": f"{busiest:.2g}",
        "commits a second then (one a letter, press and ask)": f"{busiest * (COMMITS_OF_A_MAIL + (LETTERS + 2) / MAILS):.2g}",
        "disk of the database": size(disk),
        "network in memory, of each daemon": size(network),
        "CPU seconds a day for mail": f"{mails_a_day * figures['postgres_us'] / 1e6:,.0f}",
        "daemons for mail alone (relay of 100 ms, 8 connections)": f"{max(1, -(-busiest // figures['rate_one'])):.0f}",
    }


def main(file):
    figures = json.load(open(file))
    print("measured: " + ", ".join(f"{name} {value:.0f}" for name, value in figures.items()))
    tables = [rows(figures, members) for members in MEMBERS]
    width = max(map(len, tables[0]))
    print(f"{'members':{width}}" + "".join(f"{members:>16,}" for members in MEMBERS))
    for name in tables[0]:
        print(f"{name:{width}}" + "".join(f"{table[name]:>16}" for table in tables))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
