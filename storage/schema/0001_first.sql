-- The first schema, for both engines in one text. It is written in PostgreSQL's words; for SQLite migrate.cpp turns
-- BIGINT into INTEGER, DOUBLE PRECISION into REAL, BYTEA into BLOB, and drops COLLATE "C" (what SQLite does anyway).
-- A line that begins with "-- sqlite:" or "-- postgres:" is read, without these words, by that engine alone.
--
-- Times are Unix seconds; flags are 0 or 1; ids are made by the program (broker/ids.hpp). NULL is "there is none";
-- a text that may be empty is '' instead. Names of states, roles and kinds are those of broker/.

CREATE TABLE people (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  title TEXT NOT NULL,
  profile_url TEXT NOT NULL,
  address TEXT,                                 -- where mail goes; one of `addresses`
  language TEXT NOT NULL,
  member BIGINT NOT NULL CHECK (member IN (0, 1)),
  stopped BIGINT NOT NULL CHECK (stopped IN (0, 1)),
  consent TEXT NOT NULL CHECK (consent IN ('ask_first', 'straight', 'never')),
  profile_key TEXT COLLATE "C" UNIQUE,          -- the form profiles are matched by
  owned_key TEXT COLLATE "C" UNIQUE,            -- "owner name organisation" where there is neither address nor profile
  folded_name TEXT COLLATE "C" NOT NULL,        -- broker/words.hpp, spaced()
  folded TEXT COLLATE "C" NOT NULL              -- name, organisation and title; its words are in person_words
)
-- sqlite: STRICT
;
CREATE INDEX people_members ON people (folded_name, id) WHERE member = 1;

CREATE TABLE person_words (
  word TEXT COLLATE "C" NOT NULL,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (word, person)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX person_words_person ON person_words (person);

CREATE TABLE addresses (
  address_key TEXT COLLATE "C" PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  position BIGINT NOT NULL                      -- 1 is the person's first
)
-- sqlite: STRICT
;
CREATE INDEX addresses_person ON addresses (person, position);

CREATE TABLE ties (
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  source TEXT COLLATE "C" NOT NULL CHECK (source IN ('linkedin', 'address_book', 'mail', 'rating')),
  strength DOUBLE PRECISION NOT NULL,
  since BIGINT,
  evidence TEXT NOT NULL,
  PRIMARY KEY (owner, contact, source)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX ties_contact ON ties (contact, owner);

CREATE TABLE introductions (
  id BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('drafted', 'asked', 'revising', 'redirected', 'snoozed', 'declined_silently',
    'forwarded', 'introduced', 'closed', 'declined', 'target_declined', 'expired', 'withdrawn')),
  requester BIGINT NOT NULL REFERENCES people (id),
  target BIGINT NOT NULL REFERENCES people (id),
  connectors TEXT NOT NULL,                     -- JSON: [id, id, ...] as R named them
  subject TEXT NOT NULL,
  cover_note TEXT NOT NULL,
  pitch TEXT NOT NULL,
  purpose TEXT NOT NULL,
  endorsement TEXT NOT NULL,
  question TEXT NOT NULL,
  revision BIGINT NOT NULL,
  confirmed BIGINT NOT NULL,
  connector_must_press BIGINT NOT NULL,
  target_must_press BIGINT NOT NULL,
  held_by TEXT,                                 -- NULL: nothing is held, and so are the next eight
  held_decision TEXT,
  held_note TEXT,
  held_until BIGINT,
  held_redirect_to TEXT,
  held_silent BIGINT,
  held_channel TEXT,
  held_visit TEXT,
  held_effective_at BIGINT,
  reminders BIGINT NOT NULL,
  snoozes BIGINT NOT NULL,
  outcome_asked BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  paused_until BIGINT,
  created_at BIGINT NOT NULL,
  state_since BIGINT NOT NULL,
  forwarded_at BIGINT,
  introduced_at BIGINT,
  deadline BIGINT,                              -- when time alone will next change it
  is_open BIGINT NOT NULL,                      -- 1 until the state is final
  CHECK ((held_by IS NULL) = (held_effective_at IS NULL))
)
-- sqlite: STRICT
;
CREATE INDEX introductions_deadline ON introductions (deadline, id) WHERE deadline IS NOT NULL;
CREATE INDEX introductions_requester ON introductions (requester, is_open);
CREATE INDEX introductions_target ON introductions (target, is_open);
CREATE INDEX introductions_created ON introductions (created_at, id);

CREATE TABLE asks (
  introduction BIGINT NOT NULL REFERENCES introductions (id) ON DELETE CASCADE,
  round BIGINT NOT NULL,
  connector BIGINT NOT NULL REFERENCES people (id),
  requester BIGINT NOT NULL REFERENCES people (id),   -- the introduction's, for the pair's budget
  asked_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  decided_at BIGINT,
  decision TEXT,
  PRIMARY KEY (introduction, round)
)
-- sqlite: STRICT
;
CREATE INDEX asks_pair ON asks (connector, requester, asked_at);

CREATE TABLE history (
  introduction BIGINT NOT NULL REFERENCES introductions (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  at BIGINT NOT NULL,
  trigger TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  remark TEXT NOT NULL,
  PRIMARY KEY (introduction, position)
)
-- sqlite: STRICT, WITHOUT ROWID
;

CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  introduction BIGINT REFERENCES introductions (id),
  kind TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('requester', 'connector', 'target')),
  person BIGINT REFERENCES people (id),
  recipient TEXT NOT NULL,
  recipient_key TEXT COLLATE "C" NOT NULL,
  language TEXT NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL UNIQUE,
  fields TEXT NOT NULL,                         -- JSON: {"values": {}, "sections": {}}
  priority BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'claimed', 'sent', 'failed', 'cancelled')),
  attempts BIGINT NOT NULL,
  lease_until BIGINT,
  last_reply TEXT NOT NULL,
  sent_at BIGINT,
  ready_at BIGINT                               -- not_before of a due row, lease_until of a claimed one; else NULL
)
-- sqlite: STRICT
;
CREATE INDEX outbox_ready ON outbox (priority, ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX outbox_introduction ON outbox (introduction, created_at);
CREATE INDEX outbox_recipient ON outbox (recipient_key, created_at);
CREATE INDEX outbox_created ON outbox (created_at, id);

CREATE TABLE letters (
  id BIGINT PRIMARY KEY,
  received_at BIGINT NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  message_id TEXT COLLATE "C" NOT NULL,
  envelope_sender TEXT NOT NULL,
  recipient TEXT COLLATE "C" NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  introduction BIGINT REFERENCES introductions (id),
  raw BYTEA NOT NULL                            -- last: a listing never reads it
)
-- sqlite: STRICT
;
CREATE UNIQUE INDEX letters_hash ON letters (sha256, recipient);
CREATE INDEX letters_message_id ON letters (message_id, recipient);
CREATE INDEX letters_received ON letters (received_at, id);
CREATE INDEX letters_introduction ON letters (introduction) WHERE introduction IS NOT NULL;

CREATE TABLE spent_nonces (
  visit TEXT COLLATE "C" PRIMARY KEY,
  spent_at BIGINT NOT NULL
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX spent_nonces_age ON spent_nonces (spent_at);

CREATE TABLE suppressions (
  address_key TEXT COLLATE "C" PRIMARY KEY,
  address TEXT NOT NULL,
  why TEXT NOT NULL,
  since BIGINT NOT NULL
)
-- sqlite: STRICT
;
