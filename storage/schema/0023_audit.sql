-- What was done here and by whom, in a chain: each row has a hash over the one before it and its own fields, so that
-- whoever changes, takes out or reorders rows has to make all later hashes anew, and the newest is no longer one that
-- somebody has noted elsewhere. Never an address: people are ids, whoever was erased a keyed hash.

CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,                       -- 1, 2, 3, ... without a gap
  at BIGINT NOT NULL,
  who TEXT NOT NULL,                            -- operator, daemon, "person 12"
  what TEXT NOT NULL,                           -- "token add"
  subject TEXT NOT NULL,                        -- "token 7"; '' where there is none
  hash TEXT NOT NULL
)
-- sqlite: STRICT
;
CREATE INDEX audit_at ON audit (at, seq);

CREATE TABLE audit_head (                       -- the newest row's; whoever adds one holds it until the commit
  id BIGINT PRIMARY KEY CHECK (id = 1),
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
)
-- sqlite: STRICT
;
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
