"""Letters that Python's `email` writes from random words, and what went into each. The same seed, the same letter."""
import email.charset
import email.encoders
import email.header
import email.headerregistry
import email.message
import email.mime.base
import email.mime.multipart
import email.mime.text
import email.policy
import email.utils
import random

ASCII = "lunch Friday plan, re: (draft) 3.5 can't yes; no \"quoted\" a=b under_score what? 100% #1 @home".split()
SCRIPTS = {  # words, and the charsets that hold them
    "english": (ASCII, ["us-ascii", "utf-8", "iso-8859-1"]),
    "german": ("Grüße Köln, Straße über Äpfel schön? Maß".split(), ["utf-8", "iso-8859-1", "windows-1252"]),
    "french": ("déjeuner à Noël; œuvre cœur garçon € « oui »".split(), ["utf-8", "windows-1252", "iso-8859-15"]),
    "polish": ("Łódź żółw gęś, źrebię świt".split(), ["utf-8", "iso-8859-2", "windows-1250"]),
    "russian": ("Привет, обед в пятницу? ёлка".split(), ["utf-8", "koi8-r", "windows-1251"]),
    "greek": ("Καλημέρα φίλε, μεσημέρι".split(), ["utf-8", "iso-8859-7"]),
    "hebrew": ("שלום, צהריים טובים".split(), ["utf-8", "windows-1255"]),
    "arabic": ("مرحبا، غداء يوم الجمعة".split(), ["utf-8", "windows-1256"]),
    "japanese": ("こんにちは 昼食、金曜日 カフェ".split(), ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"]),
    "chinese": ("你好 星期五，午饭 咖啡".split(), ["utf-8", "gb2312", "gbk", "gb18030"]),
    "taiwanese": ("你好 星期五，午飯 咖啡".split(), ["utf-8", "big5"]),
    "korean": ("안녕 금요일, 점심 커피".split(), ["utf-8", "euc-kr"]),
    "symbols": ("😀 🎉👩‍👩‍👧 ✓ → 𝔘nicode é".split(), ["utf-8"]),
}
TYPES = ["application/pdf", "image/png", "application/octet-stream", "text/csv", "audio/mpeg"]


def phrase(dice, words, most):
    return " ".join(dice.choice(words) for _ in range(dice.randint(1, most)))


def prose(dice, words):
    lines = [phrase(dice, words, dice.choice((3, 12, 60))) if dice.random() < 0.8 else "" for _ in range(dice.randint(1, 8))]
    odd = ["From the start", ".", "-- ", "--", "> quoted", "=20", "\ttab"]
    return "\n".join(dice.choice(odd) if dice.random() < 0.1 else line for line in lines).rstrip("\n") + "\n"


def address(dice):
    local = dice.choice(["ada", "bob.field", "carol+list", "o'hara", "d_e", "x" * 40])
    return f"{local}@{dice.choice(['example.org', 'mail.example.net', 'example.com'])}"


def file_name(dice, words):
    return phrase(dice, words, dice.choice((1, 3, 15))).replace("/", "-").replace('"', "") + dice.choice([".pdf", ".x", ""])


def modern(dice, meant, words, charset):
    """By the EmailMessage of Python 3.6 and later."""
    raw = dice.random() < 0.2  # headers in UTF-8 (RFC 6532)
    policy = email.policy.default.clone(max_line_length=dice.choice((60, 78, 200)), utf8=raw)
    letter = email.message.EmailMessage(policy=policy)
    letter["Subject"] = meant["subject"]
    letter["From"] = email.headerregistry.Address(phrase(dice, words, 4), addr_spec=meant["from"][0])
    # Without names: folding, this writer encodes commas and even addresses among them (CPython issue 100884).
    letter["To"] = [email.headerregistry.Address(addr_spec=one) for one in meant["to"]]
    letter.set_content(meant["text"], charset=charset, cte=dice.choice(["base64", "quoted-printable", None]))
    if dice.random() < 0.4:
        letter.add_alternative("<p>" + meant["text"] + "</p>", subtype="html")
    for kind, name in meant["attachments"]:
        main, sub = kind.split("/")
        data = dice.randbytes(dice.randint(0, 300))
        letter.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if dice.random() < 0.2:
        forwarded = email.message.EmailMessage(policy=policy)
        forwarded["Subject"] = phrase(dice, words, 8)
        forwarded.set_content(prose(dice, words), charset=charset)
        letter.add_attachment(forwarded)
        meant["attachments"].append(("message/rfc822", ""))
    return letter


def old(dice, meant, words, charset):
    """By email.mime, which encodes headers and bodies in the charset that it is given."""
    chosen = email.charset.Charset(charset)
    if chosen.body_encoding is not None:  # as for ISO-2022-JP, whose bodies are in seven bits
        chosen.body_encoding = dice.choice([email.charset.QP, email.charset.BASE64])
    text = email.mime.text.MIMEText(meant["text"], "plain", chosen if chosen.body_encoding else charset)
    letter = text
    depth = dice.randint(1, 4) if meant["attachments"] or dice.random() < 0.3 else 0
    for level in range(depth):
        outer = email.mime.multipart.MIMEMultipart("mixed", boundary=dice.choice(["b", "=_x;y z", "bb--"]) + str(level))
        outer.attach(letter)
        letter = outer
    for kind, name in meant["attachments"]:
        part = email.mime.base.MIMEBase(*kind.split("/"))
        part.set_payload(dice.randbytes(dice.randint(0, 300)))
        email.encoders.encode_base64(part)
        value = name
        if not name.isascii():  # RFC 2231, or the encoded word that clients write there
            value = dice.choice([("utf-8", "", name), email.header.Header(name, "utf-8", maxlinelen=998).encode()])
        part.add_header("Content-Disposition", "attachment", filename=value)
        letter.attach(part)
    written = email.header.Header(meant["subject"], chosen, maxlinelen=dice.choice((50, 76)), header_name="Subject")
    letter["Subject"] = written
    letter["From"] = email.utils.formataddr((phrase(dice, words, 4), meant["from"][0]), charset)
    letter["To"] = ",\n ".join(email.utils.formataddr((phrase(dice, words, 4), one), charset) for one in meant["to"])
    return letter


def make(seed):
    """The letter's octets, and what a reader should find."""
    dice = random.Random(seed)
    words, charsets = SCRIPTS[dice.choice(list(SCRIPTS))]
    names = [(dice.choice(TYPES), file_name(dice, words)) for _ in range(dice.choice((0, 0, 1, 2, 4)))]
    meant = {"subject": phrase(dice, words, dice.choice((2, 8, 30))), "from": [address(dice)],
             "to": [address(dice) for _ in range(dice.randint(1, 4))], "text": prose(dice, words), "attachments": names}
    letter = dice.choice([modern, old])(dice, meant, words, dice.choice(charsets))
    letter["Message-ID"] = f"<{seed}@example.org>"
    written = letter.as_bytes()
    return (written.replace(b"\n", b"\r\n") if dice.random() < 0.5 else written), meant
