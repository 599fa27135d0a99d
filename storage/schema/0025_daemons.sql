-- works with: 0023
-- Several daemons on one database. Each says every few seconds that it is there; what only one of them may do at a time
-- is done by whoever holds its lease. Times are the database's own.

CREATE TABLE daemons (
  id BIGINT PRIMARY KEY,                        -- of this run of the program
  host TEXT NOT NULL,                           -- its name, for people
  machine TEXT NOT NULL,                        -- this installation: /etc/machine-id and the name
  boot TEXT NOT NULL,                           -- since its last start, and the namespace that `pid` is of
  pid BIGINT NOT NULL,
  version TEXT NOT NULL,
  knows_schema BIGINT NOT NULL,                 -- the newest that this program knows
  roles TEXT NOT NULL,                          -- "web lmtp", in the order of daemon/roles.hpp
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
)
-- sqlite: STRICT
;

CREATE TABLE leases (
  name TEXT COLLATE "C" PRIMARY KEY,            -- what it is for: "clock"
  holder BIGINT NOT NULL,                       -- a daemon, which may be gone
  fence BIGINT NOT NULL,                        -- one more each time it changes hands
  lease_until BIGINT NOT NULL
)
-- sqlite: STRICT
;

-- Whose claim it is: of a daemon that is certainly dead it need not run out.
ALTER TABLE outbox ADD COLUMN claimed_by BIGINT;

-- How much anybody has asked for lately (storage/paces.hpp), in milliseconds. Lost with a crash of the server, and no
-- harm done: it is never waited for on a disk. One daemon alone keeps this in memory.
-- postgres: CREATE UNLOGGED TABLE paces (who TEXT COLLATE "C" PRIMARY KEY, paid_until BIGINT NOT NULL);
-- postgres: CREATE INDEX paces_paid ON paces (paid_until);
