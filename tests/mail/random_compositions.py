"""What a mail is composed of, from random words of every script and from attacks. The same seed, the same mail.

Octets that are no UTF-8 stand as lone surrogates (Python's surrogateescape).
"""
import random
import sys
import unicodedata

from random_letters import SCRIPTS

WORDS = [words for words, _ in SCRIPTS.values()] + [
    "नमस्ते मित्र भोजन".split(), "สวัสดี เพื่อน มื้อเที่ยง".split(), "ሰላም ጓደኛ".split(), "வணக்கம் நண்பரே".split(), "გამარჯობა ბარევ".split()]
EMOJI = ["👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "😀", "❤️", "🧑🏿‍🚀"]
DIRECTIONS = ["\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u202c", "\u200f", "\u200e", "\ufeff"]
INJECTIONS = ["\r\nBcc: evil@example.net", "\nBcc: evil@example.net\n\n", "\r\n\r\nbody", "\rX: y", "\0", "\r\n .\r\n", "x\r\n",
              "\u2028Bcc: evil@example.net", "\x85Bcc: evil@example.net", "%0d%0aBcc:evil@example.net", "=?utf-8?q?=0D=0ABcc:_x?="]
SPECIALS = list("<>,;:\"\\()[]@.=?_") + ["=?utf-8?q?a?=", "=?", "?=", "\"", "\\\"", "(comment", "a@b.example", "<x@y.example>", "Ph.D.",
                                         "-- ", "=_tertius_0", "..", "group: a@b.example;"]
BROKEN = ["\udcff", "\udcc3", "\udce2\udc82", "\udced\udca0\udc80", "\udcf4\udc90\udc80\udc80", "\udcc0\udcaf", "\udcf0\udc9f\udc98"]
LINES = [".", "..", ". dots", "From here", "From ", ">From me", "--", "-- ", " ", "\t", "trailing  ", "trailing\t", "=", "=20", "=\t ",
         "end \0", "From\0 NUL", "\0.", "é ", "=_tertius_1"]

ADDRESSES = {  # as given, as written
    "bob@example.org": "bob@example.org", "Bob.O'Hara+x=y@EXAMPLE.org": "Bob.O'Hara+x=y@example.org",
    '"odd local"@example.org': '"odd local"@example.org', '"a,b"@example.org': '"a,b"@example.org',
    "x" * 64 + "@example.com": "x" * 64 + "@example.com",
    "long@" + ".".join(["d" * 60] * 4): "long@" + ".".join(["d" * 60] * 4),
    "u@bücher.example": "u@xn--bcher-kva.example", "u@例え.example": "u@xn--r8jz45g.example",
    "u@почта.example": "u@xn--80a1acny.example", "u@[192.0.2.1]": "u@[192.0.2.1]", "josé@example.org": "josé@example.org",
}
NO_ADDRESSES = ["", "nobody", "@example.org", "a b@example.org", "a@example.org\r\nBcc: evil@example.net", "a@b c", "<a@b.example>",
                "a@-b.example", "a\0@example.org", "=?utf-8?q?x?=@example.org", "\udcff@example.org", "a@b.example,c@d.example",
                '"a\nb"@example.org', "a@exa\u202emple.org", "a@example.org\x85", "a\x85b@example.org", "a\u202eb@example.org",
                "a\u2028b@example.org", "a@\udcc3.example", "y" * 65 + "@example.com"]
NO_TOKENS = ["", "x y@example.org", "x@example.org>\r\nBcc: evil@example.net", "<x@example.org>", "é@example.org", "x\0", "x" * 901,
             "x\x7f", "https://example.org/\r\nBcc: evil@example.net"]


def blocks():
    """Every script: the characters of each 128 code points that have any."""
    out = []
    for start in range(0, sys.maxunicode, 128):
        found = [c for c in map(chr, range(start, start + 128)) if unicodedata.category(c) not in ("Cn", "Cs", "Co")]
        out += [found] if found else []
    return out + [["\ue000", "\U0010ffff", "\ufffe", "\U000f0000"]]


BLOCKS = blocks()


def piece(dice):
    kind = dice.random()
    if kind < 0.5:
        words = dice.choice(WORDS)
        return dice.choice(["", " "]) + " ".join(dice.choice(words) for _ in range(dice.randint(1, 5)))
    if kind < 0.65:
        block = dice.choice(BLOCKS)
        return "".join(dice.choice(block) for _ in range(dice.randint(1, 12)))
    if kind < 0.7:
        return "".join(chr(dice.randrange(0xA0)) for _ in range(dice.randint(1, 4)))
    if kind < 0.72:
        return dice.choice("ax.é中😀 =") * dice.choice((30, 61, 74, 75, 76, 77, 200))
    return dice.choice(dice.choice([EMOJI, DIRECTIONS, INJECTIONS, SPECIALS, BROKEN, [" ", "  ", "\t"]]))


def value(dice):
    """What should be one line: a name or a subject."""
    if dice.random() < 0.02:
        return ""
    out = "".join(piece(dice) for _ in range(dice.choice((1, 1, 2, 3, 6))))
    return (out * 10_000)[:10_000] if dice.random() < 0.002 else out


def body(dice):
    if dice.random() < 0.02:
        return ""
    lines = []
    for _ in range(dice.choice((1, 2, 5, 12))):
        line = dice.choice(LINES) if dice.random() < 0.3 else "".join(piece(dice) for _ in range(dice.randint(0, 6)))
        if dice.random() < 0.02:
            line = (line * 5000)[:5000]
        lines.append(line)
    return "".join(line + dice.choice(["\n"] * 8 + ["\r\n", "\r"]) for line in lines)[:None if dice.random() < 0.7 else -1]


def mailbox(dice):
    known = dice.random() < 0.85
    return [value(dice), dice.choice(list(ADDRESSES) if known else NO_ADDRESSES)]


def mailboxes(dice, most):
    return [mailbox(dice) for _ in range(dice.randint(0, most))]


def token(dice):
    if dice.random() < 0.1:
        return dice.choice(NO_TOKENS)
    return f"t.{'abcdefgh' * dice.choice((1, 3, 9, 100))}.{dice.randrange(10**6)}@intro.example"


def url(dice):
    return dice.choice(["", "", "https://intro.example/stop/" + "k" * dice.choice((20, 43, 500)), "http://127.0.0.1:8080/stop/k",
                        "https://intro.example/a,b?c=d&e", "https://intro.example/x\r\nBcc: evil@example.net", "https://intro.example/<k>"])


def make(seed):
    dice = random.Random(seed)
    return {
        "from": [value(dice), dice.choice([given for given in ADDRESSES if given.isascii()])],
        "to": mailboxes(dice, dice.choice((1, 1, 2, 6))), "cc": mailboxes(dice, dice.choice((0, 0, 1, 3))),
        "reply_to": mailboxes(dice, dice.choice((0, 1, 1, 2))), "subject": value(dice), "message_id": token(dice),
        "references": [token(dice) for _ in range(dice.choice((0, 1, 1, 2, 12)))], "date": dice.randrange(0, 2**32),
        "text": body(dice), "html": body(dice), "auto_submitted": dice.choice(["none", "auto-generated", "auto-replied"]),
        "suppress_auto_replies": dice.random() < 0.5, "unsubscribe_url": url(dice),
        "unsubscribe_mail": dice.choice(["", "intro+abcd@intro.example", "a b@example.org", "x@example.org\r\nBcc: evil@example.net"]),
        "loop_domain": dice.choice(["", "intro.example", value(dice)]),
        "language": dice.choice(["", "en", "pt-BR", "zh-Hant-TW", "de\r\nBcc: evil@example.net", "é", "x" * 90]),
    }
