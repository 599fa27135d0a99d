-- How far each IMAP folder has been read. The letters themselves are in `letters`.

CREATE TABLE mailboxes (
  name TEXT COLLATE "C" PRIMARY KEY,            -- user@host/folder
  validity BIGINT NOT NULL,                     -- UIDVALIDITY: another one, and the numbers below mean nothing
  done BIGINT NOT NULL,                         -- all UIDs up to here are dealt with, but for
  later TEXT NOT NULL,                          -- these, which could not be taken: '4,9'
  fresh BIGINT NOT NULL,                        -- below it only what nobody had seen is ours
  changed_at BIGINT NOT NULL
)
-- sqlite: STRICT, WITHOUT ROWID
;
