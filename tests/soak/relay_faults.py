"""The relay refuses, stalls, drops, greylists and talks nonsense; meanwhile letters come in as ever."""
import time

from soak_site import SoakSite, await_that, folder
from bad_relay import BadRelay
from pouring import Pour, wrongs

LETTERS = 100  # of each pourer, for each mood
PASSING = ("refuses for now", "421", "greylists", "stalls", "stalls behind the dot", "drops behind the dot",
           "drops in the mail", "garbage")


def send_at_last(site, seconds=120):
    """What waits for a quarter of an hour is made to have waited."""
    until = time.monotonic() + seconds
    while site.waiting() and time.monotonic() < until:
        site.make_due()
        time.sleep(1)


def run_mood(table, site, relay, mood, letters):
    with relay.lock:
        relay.mood, relay.met, relay.unanswered = mood, 0, 0
        before = {key: len(copies) for key, copies in relay.seen.items()}
    begin = time.monotonic()
    acknowledged = Pour(site.lmtp, mood.replace(" ", "-"), pourers=2, most=letters).end()
    took = time.monotonic() - begin
    await_that(lambda: relay.met >= 1, f"the relay {mood}")
    time.sleep(4)
    relay.mood = "good"
    send_at_last(site)
    wrong, repeats = wrongs(site.query, relay, acknowledged)
    earlier = sum(count - 1 for count in before.values())
    again = repeats - earlier
    table.bar(f"relay: {mood}", f"{len(acknowledged)} letters in {took:.1f} s, {relay.met} times met, {again} mails again of "
              f"{relay.unanswered} unanswered {said(wrong)}", not wrong and again <= relay.unanswered)


def said(wrong):
    return "; ".join(f"{what}: {len(which)}, such as {which[0]}" for what, which in wrong.items())


def run_passing(options, table):
    relay = BadRelay()
    with folder("relay") as place:
        site = SoakSite(options.build, place, relay.port)
        site.start()
        try:
            for mood in PASSING:
                run_mood(table, site, relay, mood, max(10, int(LETTERS * options.scale)))
        finally:
            site.stop()
            relay.close()


def run_refusing(options, table):
    """For good: after ten in a row sending stops by itself, and what waited goes out when it is let."""
    relay = BadRelay()
    with folder("refusing") as place:
        site = SoakSite(options.build, place, relay.port)
        site.start()
        try:
            relay.mood = "refuses"
            acknowledged = Pour(site.lmtp, "refused", most=20).end()
            await_that(lambda: site.query("SELECT COUNT(*) FROM sending_stop")[0][0], "sending stops")
            await_that(lambda: not site.query("SELECT 1 FROM outbox WHERE state = 'claimed'"), "what was under way is refused")
            relay.mood = "good"
            refused = {row[0] for row in site.query("SELECT message_id FROM outbox WHERE state = 'failed'")}
            site.run("outbox", "--resume")
            send_at_last(site)
            wrong, repeats = wrongs(site.query, relay, acknowledged)
            wrong["notices not sent"] = [row for row in wrong.get("notices not sent", []) if row[0] not in refused]
            wrong["notices the relay never saw"] = [key for key in wrong.get("notices the relay never saw", []) if key not in refused]
            wrong = {what: which for what, which in wrong.items() if which}
            table.bar("relay: refuses for good, and sending stops", f"{len(refused)} refused with its words, then "
                      f"{len(acknowledged) - len(refused)} kept and sent {said(wrong)}",
                      not wrong and not repeats and len(refused) >= 10)
        finally:
            site.stop()
            relay.close()
