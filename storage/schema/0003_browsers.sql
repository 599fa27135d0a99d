-- What the pages know of whoever opens them. A browser holds one random secret in a cookie; the table its SHA-256
-- alone, so that a stolen copy of the database opens nothing. Several people may use one browser.

CREATE TABLE browsers (
  key_hash TEXT COLLATE "C" NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,                           -- "Firefox on Linux"
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,                      -- to the day
  expires_at BIGINT NOT NULL,
  signed_in_until BIGINT,                       -- NULL: known for decisions, not signed in
  pending_visit TEXT COLLATE "C" NOT NULL,      -- the decision that must pass its hold first; '' where none
  PRIMARY KEY (key_hash, person)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX browsers_person ON browsers (person);
CREATE INDEX browsers_pending ON browsers (pending_visit) WHERE pending_visit <> '';

CREATE TABLE sign_ins (                         -- links that were mailed; each works once
  key_hash TEXT COLLATE "C" PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
)
-- sqlite: STRICT
;
CREATE INDEX sign_ins_person ON sign_ins (person, created_at);

CREATE TABLE preferences (                      -- no row: all of them as the community's policy has it
  person BIGINT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  click_policy TEXT NOT NULL,                   -- '' where the community's holds
  shown_as_connector TEXT NOT NULL CHECK (shown_as_connector IN ('named', 'anonymous', 'no')),
  quiet_from BIGINT,                            -- o'clock in the community's zone; NULL: the community's hours
  quiet_to BIGINT,
  max_open_asks BIGINT                          -- how many may wait for this connector at once; NULL: no limit
)
-- sqlite: STRICT
;

CREATE TABLE do_not_ask (                       -- `person` is never asked by, nor introduced to, `other`
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  other BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (person, other)
)
-- sqlite: STRICT, WITHOUT ROWID
;
