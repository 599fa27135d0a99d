"""What a storm must have left behind."""
import collections
import sys

from storm_plan import expected
from table import percentile


def judge_letters(table, storm):
    stored = storm.query("SELECT sha256, outcome FROM letters")
    counts = collections.Counter(row[0] for row in stored)
    taken = {row[0] for row in storm.taken}
    wrong = {"lost": len(taken - set(counts)), "stored twice": sum(count > 1 for count in counts.values()),
             "never sent": len(set(counts) - taken), "without outcome": sum(not row[1] for row in stored)}
    table.bar("letters answered 250", f"{len(storm.taken)} of {len(storm.plan.letters)} ({storm.again} tries again)",
              len(storm.taken) == len(storm.plan.letters))
    table.bar("... each stored once with an outcome", f"{len(stored)} of {storm.plan.different}, wrong {sum(wrong.values())} {wrong}",
              len(stored) == storm.plan.different and not any(wrong.values()))


INTRODUCTIONS = """SELECT LOWER(people.address), introductions.state, introductions.endorsement, asks.decision,
  (SELECT COUNT(*) FROM history WHERE history.introduction = introductions.id
   AND trigger IN ('forward', 'decline', 'decline_silently', 'bounce', 'expire', 'withdraw', 'redirect', 'revise', 'snooze'))
  FROM introductions JOIN asks ON asks.introduction = introductions.id JOIN people ON people.id = asks.connector"""


def judge_decisions(table, storm):
    found = collections.defaultdict(list)
    for address, *row in storm.query(INTRODUCTIONS):
        found[address].append(tuple(row))
    wrong = collections.Counter()
    for kind, group in storm.plan.groups.items():
        for number, asked in enumerate(group):
            if found[asked.address] != [expected(kind, number)]:
                wrong[kind] += 1
                if wrong[kind] == 1:
                    print(f"{kind}: {asked.address} is {found[asked.address]}, not {expected(kind, number)}", file=sys.stderr)
    every = sum(map(len, storm.plan.groups.values()))
    table.bar("decisions right, one each, with their own words", f"{every - sum(wrong.values())} of {every} introductions "
              f"{dict(wrong) or ''}", not wrong)
    table.bar("clicks answered", f"{len(storm.times) - len(storm.failed)} of {len(storm.plan.clicks())}, POST p50 "
              f"{percentile(storm.times, 50) * 1000:.0f} ms, p99 {percentile(storm.times, 99) * 1000:.0f} ms", not storm.failed)


def judge_mails(table, storm, sink, may_repeat=0):
    """`may_repeat`: mails under way when a daemon was killed, of which nobody could know (RFC 1047)."""
    rows = storm.query("SELECT message_id, state, recipient FROM outbox")
    seen = sink.ids()
    sent = [row[0] for row in rows if row[1] == "sent"]
    waiting = sum(row[1] in ("due", "claimed") for row in rows)
    again, never = sum(max(seen[one] - 1, 0) for one in sent), sum(seen[one] == 0 for one in sent)
    strangers = len(set(seen) - set(sent))
    dead = {asked.address for asked in storm.plan.groups["bounced"]}
    failed = sum(row[1] == "failed" and row[2].lower() not in dead for row in rows)
    could = f" of {may_repeat} that could be" if may_repeat else ""
    table.bar("mails sent once each", f"{len(sent)}; again {again}{could}, never {never}, waiting {waiting}, failed {failed}, "
              f"without a row {strangers}", again <= may_repeat and not (never or waiting or failed or strangers))
