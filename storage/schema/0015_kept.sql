-- What outlives the rows it was said in. Whoever is forgotten has refused things, and others have refused them:
-- that stays, under a hash of the address that takes this database's secret to make, and is theirs again when the
-- address comes back in somebody's file.

CREATE TABLE address_secret (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
)
-- sqlite: STRICT
;
-- sqlite: INSERT INTO address_secret (id, secret) VALUES (1, LOWER(HEX(RANDOMBLOB(32))));
-- postgres: INSERT INTO address_secret (id, secret) VALUES (1, CAST(gen_random_uuid() AS TEXT) || CAST(gen_random_uuid() AS TEXT));

CREATE TABLE forgotten (
  person_key TEXT COLLATE "C" PRIMARY KEY,      -- one row for each of their addresses
  stopped BIGINT NOT NULL,                      -- as in `people`
  consent TEXT NOT NULL,
  shown_as_connector TEXT NOT NULL              -- as in `preferences`; '' where nothing was set
)
-- sqlite: STRICT
;

CREATE TABLE forgotten_refusals (               -- as in do_not_ask; each of the two is a person or a key
  person BIGINT REFERENCES people (id) ON DELETE CASCADE,
  person_key TEXT COLLATE "C" NOT NULL,         -- '' where `person` is there
  other BIGINT REFERENCES people (id) ON DELETE CASCADE,
  other_key TEXT COLLATE "C" NOT NULL
)
-- sqlite: STRICT
;
CREATE INDEX forgotten_refusals_person ON forgotten_refusals (person) WHERE person IS NOT NULL;
CREATE INDEX forgotten_refusals_other ON forgotten_refusals (other) WHERE other IS NOT NULL;
CREATE INDEX forgotten_refusals_person_key ON forgotten_refusals (person_key) WHERE person_key <> '';
CREATE INDEX forgotten_refusals_other_key ON forgotten_refusals (other_key) WHERE other_key <> '';

-- What an import found, so that taking it back brings that back: import_ties has every tie that the file speaks of.
ALTER TABLE import_ties ADD COLUMN had BIGINT NOT NULL DEFAULT 0;     -- 1: the tie was there, and was
ALTER TABLE import_ties ADD COLUMN strength DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE import_ties ADD COLUMN since BIGINT;
ALTER TABLE import_ties ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

CREATE TABLE import_words (                     -- what the owner had said of those of whom the file says otherwise
  import BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (import, contact)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX import_words_contact ON import_words (contact);
