"""What comes in over LMTP in a storm: answers of people, of machines, and what nobody asked for.

Each function gives the octets of one letter. `key` makes it one of a kind; a clear answer has it in its words, so that one
person's answer is told from another's afterwards.
"""
import html
import random

FORWARDS = ("Forward", "Yes, gladly.", "Sure", "Ja, gerne", "forward it", "Go ahead")
DECLINES = ("Decline", "No, thank you.", "No thanks", "Nein danke", "I'd rather not")
UNCLEAR = ("Hm, who is this again?", "I am not sure about this one.")
AWAY_SUBJECTS = ("Automatic reply: {}", "Abwesenheitsnotiz: {}", "Out of Office: {}")


def headers(key, sender, recipient, subject, more=""):
    return (f"From: {sender}\r\nTo: {recipient}\r\nSubject: {subject}\r\nMessage-ID: <{key}@letters.example>\r\n"
            f"Date: Mon, 9 Mar 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n{more}")


def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def quoted(request):
    return "".join(f"> {line}\n" for line in request.text.splitlines())


def plain(words, request):
    body = f"{words}\n\nOn {request.date}, {request.sender} wrote:\n{quoted(request)}"
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + crlf(body)


def bare(words, request):
    return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + crlf(words + "\n")


def gmail(words, request):
    """Both parts, as Gmail writes them."""
    lines = "<br>".join(html.escape(line, False) for line in words.split("\n"))
    page = (f'<div dir="ltr">{lines}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On {request.date} '
            f'{html.escape(request.sender)} wrote:<br></div><blockquote class="gmail_quote">{request.html}</blockquote></div>')
    text = f"{words}\n\nOn {request.date} {request.sender} wrote:\n\n{quoted(request)}"
    return ('Content-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\n'
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + crlf(text) +
            "\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + crlf(page) +
            "\r\n--b1--\r\n")


def answer(key, sender, words, request):
    body = random.choice((plain, plain, gmail, bare))(words, request)
    more = f"In-Reply-To: {request.message_id}\r\nReferences: {request.message_id}\r\n"
    return (headers(key, sender, request.reply_to, f"Re: {request.subject}", more) + body).encode()


def note_of(key):
    """The words that go out under the person's name, where they forward."""
    return f"We worked together in project {key}."


def forward(key, sender, request):
    return answer(key, sender, f"{random.choice(FORWARDS)}\n\n{note_of(key)}", request)


def decline(key, sender, request):
    return answer(key, sender, f"{random.choice(DECLINES)}\n", request)


def unclear(key, sender, request):
    return answer(key, sender, random.choice(UNCLEAR), request)


def of_a_stranger(key, request):
    """The right address, somebody else's name."""
    return answer(key, f"mallory-{key}@else.example", "Forward", request)


def away(key, sender, request):
    """With words in it that would decide, were a person behind them."""
    subject = random.choice(AWAY_SUBJECTS).format(request.subject)
    more = random.choice(("Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\nPrecedence: bulk\r\n", ""))
    words = "Yes, I will forward it when I am back.\n\nForward\n"
    return (headers(key, sender, request.reply_to, subject, more) + plain(words, request)).encode()


def report(key, asked, action, status):
    body = (f"--r\r\n\r\nThis is the mail system. {action}.\r\n\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Reporting-MTA: dns; mx.else.example\r\n\r\nFinal-Recipient: rfc822; {asked.address}\r\n"
            f"Action: {action}\r\nStatus: {status}\r\n\r\n--r--\r\n")
    more = 'Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
    return (headers(key, "MAILER-DAEMON@mx.else.example", asked.bounces, "Undelivered Mail Returned to Sender", more) +
            body).encode()


def advertisement(key):
    more = random.choice(("List-Unsubscribe: <https://spam.example/u>\r\nPrecedence: bulk\r\n", "List-Id: <offers.spam.example>\r\n"))
    return (headers(key, f"offers-{key}@spam.example", "intro@intro.test", "Forward! Accept! Decline!", more) +
            "\r\n" + "Yes, forward this to all your friends.\r\n" * random.randint(1, 60)).encode()


def rubbish(key):
    """No letter at all, but one of a kind."""
    octets = random.randbytes(random.randint(10, 3000)).replace(b"\r", b"").replace(b"\n", b"\r\n").replace(b"\0", b"")
    return f"X-Key: {key}\r\n".encode() + random.choice((b"", b"Content-Type: multipart/mixed\r\n\r\n", b"From: <<>>\r\n\r\n")) + \
        octets + b"\r\n"
