-- A member's contact files on their way in, and what each of them brought. A file is kept until it is read to its end,
-- so that a restart goes on with it; its rows become people and ties some hundreds at a time.

CREATE TABLE imports (
  id BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  file_name TEXT NOT NULL,                      -- a stranger's words
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'undone')),
  format TEXT NOT NULL,
  what TEXT NOT NULL,                           -- why it failed, and
  hint TEXT NOT NULL,                           -- what to do about it
  total BIGINT NOT NULL,                        -- contacts in the file
  done BIGINT NOT NULL,                         -- of which so many are in
  added BIGINT NOT NULL,
  merged BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  hidden BIGINT NOT NULL,
  skipped_count BIGINT NOT NULL,
  skipped TEXT NOT NULL,                        -- JSON: [[row, "why"], ...], the first of them
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  ready_at BIGINT                               -- from when on a daemon may go on with it; NULL: nothing is left to do
)
-- sqlite: STRICT
;
CREATE INDEX imports_ready ON imports (ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX imports_owner ON imports (owner, created_at);

CREATE TABLE import_files (
  import BIGINT PRIMARY KEY REFERENCES imports (id) ON DELETE CASCADE,
  content BYTEA NOT NULL
)
-- sqlite: STRICT
;

CREATE TABLE import_ties (                      -- ties that were not there before this import
  import BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  source TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (import, contact, source)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX import_ties_contact ON import_ties (contact);

-- Whoever has lost a tie, until it is seen whether anything else still needs them. No foreign key: gone is gone.
CREATE TABLE perhaps_forgotten (
  person BIGINT PRIMARY KEY
)
-- sqlite: STRICT
;

-- A person can only be forgotten where the database can tell quickly that nothing refers to them.
CREATE INDEX outbox_person ON outbox (person) WHERE person IS NOT NULL;
CREATE INDEX asks_requester ON asks (requester);
CREATE INDEX do_not_ask_other ON do_not_ask (other);
CREATE INDEX introductions_open ON introductions (id) WHERE is_open = 1;
