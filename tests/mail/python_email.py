"""What Python's `email` reads in a letter: the second opinion of differential_test.py and of the corpora's score."""
import email
import email.policy


def read(letter_bytes):
    letter = email.message_from_bytes(letter_bytes, policy=email.policy.default)
    leaves = outer_leaves(letter)
    kept = [part for part in leaves if is_attachment(part)]
    return {"subject": subject(letter), "from": addresses(letter, "from"), "to": addresses(letter, "to"),
            "text": "\n".join(texts(leaves)),
            "attachments": [(part.get_content_type(), part.get_filename() or "") for part in kept]}


def subject(letter):
    return str(letter["subject"] or "").strip()


def addresses(letter, name):
    return [mailbox.addr_spec for field in letter.get_all(name, []) for mailbox in getattr(field, "addresses", [])]


def is_message(part):
    return part.get_content_maintype() == "message"


def outer_leaves(part):
    """The parts that hold no others, and whole messages."""
    if is_message(part) or not part.is_multipart():
        return [part]
    return [leaf for child in part.iter_parts() for leaf in outer_leaves(child)]


def is_attachment(part):
    body = part.get_content_type() in ("text/plain", "text/html")
    return not body or bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def texts(leaves):
    body = [part for part in leaves if not is_attachment(part)]
    plain = [part for part in body if part.get_content_type() == "text/plain"]
    return [part_text(part).replace("\r\n", "\n") for part in plain or body]


def part_text(part):
    try:
        return part.get_content()
    except (LookupError, KeyError, UnicodeError):  # no such charset
        return (part.get_payload(decode=True) or b"").decode("utf8", "replace")
