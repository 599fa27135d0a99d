"""A community as large as one likes, in an SQLite database that the program has made: members with names as frequent as
names are, and ties with hubs. Bulk SQL, for the program would take hours; the network's triggers are put back afterwards.
"""
import bisect
import itertools
import random
import sqlite3
import time

SYLLABLES = [a + b for a in "bdfghjklmnprstvz" for b in "aeiou"]
GIVEN, FAMILY, PLACES = 4_000, 100_000, 60_000
FIRST_ID = 1_000_000_000  # below whatever the program draws
SINCE = 1_500_000_000


def word(rank, salt):
    """A word of its own for each rank; frequent ones are short, as names are."""
    rank, out = rank * 7 + salt, ""
    for _ in range(2 if rank < 5_000 else 3):
        rank, place = divmod(rank, len(SYLLABLES))
        out += SYLLABLES[place]
    return (out + "nrsl"[rank % 4]).capitalize()


class Names:
    """By Zipf and Mandelbrot: the most frequent family name is that of 0.7 % of the people."""

    def __init__(self, count, shift, salt):
        self.words = [word(rank, salt) for rank in range(count)]
        self.sums = list(itertools.accumulate(1 / (rank + shift) for rank in range(count)))

    def draw(self, chance):
        return self.words[bisect.bisect(self.sums, chance.random() * self.sums[-1])]


class People:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.given, self.family, self.places = Names(GIVEN, 10, 1), Names(FAMILY, 16, 3), Names(PLACES, 200, 5)

    def draw(self):
        """Name, organisation."""
        return (f"{self.given.draw(self.chance)} {self.family.draw(self.chance)}",
                f"{self.places.draw(self.chance)} {self.chance.choice(('Labs', 'Partners', 'Works', 'House'))}")


def folded(*words):
    return f" {' '.join(words).lower()} "


def open_file(path):
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000", "foreign_keys = OFF", "temp_store = MEMORY"):
        db.execute(f"PRAGMA {pragma}")
    return db


def without(db, kinds, tables):
    """Drops triggers or indices of these tables; gives the SQL that makes them again."""
    marks = ",".join("?" * len(tables))
    rows = db.execute(f"SELECT type, name, sql FROM sqlite_master WHERE type IN ({','.join('?' * len(kinds))}) AND sql IS NOT NULL "
                      f"AND tbl_name IN ({marks})", (*kinds, *tables)).fetchall()
    for kind, name, _ in rows:
        db.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in rows]


def fill(path, members, ties, askers, seed=1):
    """All who are there already are renamed, the others added; every member gets their share of the ties. The first of the
    others are `askers` times three: who asks, who knows both, whom they ask for.
    """
    db, begin = open_file(path), time.monotonic()
    db.execute("BEGIN")
    again = without(db, ("trigger",), ("people", "ties")) + without(db, ("index",), ("ties", "person_words"))
    people = People(seed)
    rename(db, people)
    add_members(db, people, members, 3 * askers)
    add_ways(db, askers)
    add_ties(db, ties)
    add_near_words(db)
    for sql in again:
        db.execute(sql)
    db.execute("INSERT OR IGNORE INTO network_changes (person, seq) SELECT id, "
               "(SELECT COALESCE(MAX(seq), 0) FROM network_changes) + ROW_NUMBER() OVER (ORDER BY id) FROM people")
    db.execute("UPDATE outbox SET state = 'sent', sent_at = created_at, ready_at = NULL WHERE state = 'due'")
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    counts = {name: db.execute(sql).fetchone()[0] for name, sql in
              (("members", "SELECT COUNT(*) FROM people WHERE member = 1"), ("people", "SELECT COUNT(*) FROM people"),
               ("ties", "SELECT COUNT(*) FROM ties"), ("open", "SELECT COUNT(*) FROM introductions WHERE is_open = 1"))}
    db.close()
    return counts | {"seconds": time.monotonic() - begin}


def rename(db, people):
    db.execute("DELETE FROM person_words")
    rows = [(*people.draw(), id) for (id,) in db.execute("SELECT id FROM people ORDER BY id")]
    db.executemany("UPDATE people SET name = ?1, organisation = ?2, title = '', folded_name = ' ' || LOWER(?1) || ' ', "
                   "folded = ' ' || LOWER(?1 || ' ' || ?2) || ' ' WHERE id = ?3", rows)
    add_words(db, ((id, name, place) for name, place, id in rows))


def add_words(db, rows):
    db.executemany("INSERT OR IGNORE INTO person_words (word, person) VALUES (?, ?)",
                   sorted((one, id) for id, name, place in rows for one in f"{name} {place}".lower().split()))


def add_near_words(db):
    """As storage/schema/0008_search.sql has it: every word without each of its letters, for slips of the finger."""
    db.execute("""INSERT OR IGNORE INTO near_words
      SELECT DISTINCT substr(word, 1, place - 1) || substr(word, place + 1), word
      FROM (SELECT DISTINCT word FROM person_words) AS words,
           (WITH RECURSIVE places (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 25)
            SELECT place FROM places) AS numbered
      WHERE length(word) BETWEEN 4 AND 24 AND place <= length(word) + 1""")


def add_members(db, people, members, least):
    there = db.execute("SELECT COUNT(*) FROM people WHERE member = 1").fetchone()[0]
    rows = [(FIRST_ID + n, *people.draw()) for n in range(max(least, members - there))]
    db.executemany("INSERT INTO people (id, name, organisation, title, profile_url, address, language, member, stopped, consent, "
                   "folded_name, folded) VALUES (?1, ?2, ?3, '', '', 'm' || ?1 || '@members.example', 'en', 1, 0, 'ask_first', "
                   "' ' || LOWER(?2) || ' ', ' ' || LOWER(?2 || ' ' || ?3) || ' ')", rows)
    db.execute("INSERT INTO addresses (address_key, person, address, position) SELECT address, id, address, 1 FROM people "
               "WHERE id >= ? AND id < ?", (FIRST_ID, FIRST_ID + len(rows)))
    add_words(db, rows)


def add_ways(db, askers):
    pairs = ((0, 1), (1, 0), (1, 2))
    ties = [(FIRST_ID + 3 * n + owner, FIRST_ID + 3 * n + contact, SINCE) for n in range(askers) for owner, contact in pairs]
    db.executemany("INSERT INTO ties (owner, contact, source, strength, since, evidence) VALUES (?, ?, 'mail', 0.7, ?, 'wrote to each "
                   "other 14 times since March')", ties)


def asked_for(number):
    """The ids of that asker, and of whom they ask for."""
    return FIRST_ID + 3 * number, FIRST_ID + 3 * number + 2


def add_ties(db, ties):
    """Each member has as many; the contacts are hubs as often as hubs are met: the greatest is known to 20,000."""
    db.execute("CREATE TEMP TABLE numbered (n INTEGER PRIMARY KEY, id INTEGER)")
    # In no order that anything else has: by their ids those who ask would be the greatest hubs of all.
    db.execute("INSERT INTO numbered SELECT ROW_NUMBER() OVER (ORDER BY id % 1000003 * 7919 % 1000003, id) - 1, id FROM people "
               "WHERE member = 1")
    (members,), (there,) = db.execute("SELECT COUNT(*) FROM numbered").fetchone(), db.execute("SELECT COUNT(*) FROM ties").fetchone()
    if ties <= there:
        return
    each = -(-(ties - there) * 101 // (members * 100))  # one in a hundred is drawn twice, at most
    db.execute("CREATE TEMP TABLE turns (k INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO turns VALUES (?)", ((k,) for k in range(each)))
    # x is even between 0 and 1, and x squared is small more often.
    place = "((one.n * 2654435761 + k * 2654435789 + (one.n * k) % 7919 * 104729) % 1000003) / 1000003.0"
    db.execute(f"""INSERT OR IGNORE INTO ties (owner, contact, source, strength, since, evidence)
      SELECT one.id, other.id, 'linkedin', 0.15 + ((one.n + k) % 17) * 0.05, ?2 + one.n * 100, 'connected on LinkedIn'
      FROM numbered AS one CROSS JOIN turns CROSS JOIN numbered AS other
      WHERE other.n = CAST(?1 * {place} * {place} AS INTEGER) AND other.id <> one.id""", (members, SINCE))
