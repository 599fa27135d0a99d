"""What people write, and what they find in their mails."""

import email.message
import email.utils
import re

COVER_NOTE = """\
Hi Christine,

we spoke about bookkeeping for small shops at your office in spring. I would like to ask Gail about
partnerships, and you two have worked together. No hard feelings at all if the moment is wrong.

Thank you, Alice
"""

PITCH = """\
Hello Gail,

I am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. You run partnerships at
Constant Contact, and your programme for shop software is the one our customers ask us about, because most of
them send their offers with you. I could show you what those shops struggle with, with numbers, which may be
of use to you.

Could we talk for 20 minutes on the phone in the next two weeks about what makes a good partner for you?

Thank you, Alice
"""

CONNECTIONS_CSV = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Christine,Weaver,https://www.linkedin.com/in/christine-weaver,{connector},Rowan Ventures,Partner,09 Mar 2019
"""

GAIL_VCF = """\
BEGIN:VCARD
VERSION:3.0
N:Goodman;Gail;;;
FN:Gail Goodman
ORG:Constant Contact
TITLE:Head of Partnerships
EMAIL;TYPE=WORK:gail@example.test
END:VCARD
"""


def letter(sender, recipient, subject, text, **headers):
    out = email.message.EmailMessage()
    out["From"], out["To"], out["Subject"] = sender, recipient, subject
    out["Date"], out["Message-ID"] = email.utils.formatdate(), email.utils.make_msgid(domain="example.test")
    for name, value in headers.items():
        out[name.replace("_", "-")] = value
    out.set_content(text)
    return out


def new_request(connector):
    return letter("Alice Chen <alice@example.test>", "intro@intro.test", "Gail Goodman, Constant Contact",
                  COVER_NOTE + "\n---\n\n" + PITCH, Cc=connector)


def reply(mail, sender, words):
    """As a mail program answers: to Reply-To, with In-Reply-To and References, above the quoted mail."""
    quoted = "".join(f"> {line}\n" for line in text_of(mail).splitlines())
    return letter(sender, mail["Reply-To"], "Re: " + mail["Subject"],
                  f"{words}\n\nOn {mail['Date']}, {mail['From']} wrote:\n{quoted}",
                  In_Reply_To=mail["Message-ID"],
                  References=" ".join(filter(None, [mail["References"], mail["Message-ID"]])))


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def parts_of(mail):
    """Its words, decoded: the plain text, then the HTML."""
    return "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")


def everything_in(mail):
    """As it travelled and decoded: each place where an address could hide."""
    return mail.as_string() + "\n" + parts_of(mail)


def link_in(mail, pattern):
    found = re.search(rf"^(https?://\S*{pattern}\S*)\r?$", text_of(mail), re.MULTILINE)
    if not found:
        raise AssertionError(f"no link like {pattern} in\n{text_of(mail)}")
    return found.group(1)


def addresses_in(mail, header):
    return [address for _, address in email.utils.getaddresses(mail.get_all(header, []))]
