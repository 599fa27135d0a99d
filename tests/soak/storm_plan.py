"""Who does what in a storm: 50,000 connectors have been asked, and it is known what becomes of each request."""
import collections
import random

import letters_in
from asked import open_request

KINDS = {  # of letters, and whose requests they are about
    "forward": 12_000, "decline": 12_000, "bounced": 3_000, "unclear": 1_000,  # each of an introduction of its own
    "away": 10_000, "delayed": 1_000, "stranger": 2_000,                       # of anybody's
    "advertisement": 5_000, "rubbish": 1_000,                                  # of nobody's
}
AGAIN = 3_000  # letters that come a second time, octet for octet
CLICKS = {"click forward": 10_000, "click decline": 10_000}
ONLY_MACHINES = 2_000  # whose connectors say nothing at all
OWN = ("forward", "decline", "bounced", "unclear", "click forward", "click decline", "silent")
STATES = {"forward": "forwarded", "decline": "declined", "bounced": "expired", "unclear": "asked", "silent": "asked",
          "click forward": "forwarded", "click decline": "declined"}

Letter = collections.namedtuple("Letter", "kind key asked")


class Plan:
    """Who does what: introductions by what becomes of them, and the letters in the order of their coming."""

    def __init__(self, asked, scale):
        def scaled(number):
            return round(number * scale)
        random.Random(7).shuffle(asked)
        left, self.groups = iter(asked), {}
        for kind in OWN:
            count = scaled(KINDS.get(kind) or CLICKS.get(kind) or ONLY_MACHINES)
            self.groups[kind] = [next(left) for _ in range(count)]
        letters = [Letter(kind, f"{kind}-{n}", one) for kind in ("forward", "decline", "bounced", "unclear")
                   for n, one in enumerate(self.groups[kind])]
        anybody = self.groups["forward"] + self.groups["click decline"] + self.groups["silent"]
        letters += [Letter(kind, f"{kind}-{n}", random.choice(anybody)) for kind in ("away", "delayed", "stranger")
                    for n in range(scaled(KINDS[kind]))]
        letters += [Letter(kind, f"{kind}-{n}", None) for kind in ("advertisement", "rubbish") for n in range(scaled(KINDS[kind]))]
        self.different = len(letters)
        letters += random.sample(letters, scaled(AGAIN))
        random.shuffle(letters)
        self.letters = letters

    def clicks(self):
        out = [(kind, one) for kind in CLICKS for one in self.groups[kind]]
        random.shuffle(out)
        return out


def written(letter, mails):
    """Its envelope and octets; the same each time it is asked for."""
    random.seed(letter.key)
    key, asked = letter.key, letter.asked
    if letter.kind == "advertisement":
        return "offers@spam.example", "intro@intro.test", letters_in.advertisement(key)
    if letter.kind == "rubbish":
        return "", "intro@intro.test", letters_in.rubbish(key)
    if letter.kind == "bounced":
        return "", asked.bounces, letters_in.report(key, asked, "failed", "5.1.1")
    if letter.kind == "delayed":
        return "", asked.bounces, letters_in.report(key, asked, "delayed", "4.4.1")
    request = open_request(mails, asked)
    if letter.kind == "away":
        return random.choice(("", asked.address)), request.reply_to, letters_in.away(key, asked.address, request)
    if letter.kind == "stranger":
        return "mallory@else.example", request.reply_to, letters_in.of_a_stranger(key, request)
    return asked.address, request.reply_to, getattr(letters_in, letter.kind)(key, asked.address, request)


def expected(kind, number):
    decision = kind.split()[-1] if kind.split()[-1] in ("forward", "decline") else None
    endorsement = letters_in.note_of(f"forward-{number}") if kind == "forward" else ""
    return STATES[kind], endorsement, decision, 0 if STATES[kind] == "asked" else 1


def requests(scale):
    """How many connectors are asked."""
    return round(sum(KINDS.get(kind) or CLICKS.get(kind) or ONLY_MACHINES for kind in OWN) * scale)
