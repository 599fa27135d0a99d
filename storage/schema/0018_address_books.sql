-- Address books that members have linked by CardDAV. The cards stand here as the server last gave them, so that a sync
-- asks for what has changed alone; they become contacts as a file's do.

CREATE TABLE address_books (
  id BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  url TEXT NOT NULL,                            -- as the member gave it
  user_name TEXT NOT NULL,
  sealed_password TEXT NOT NULL,                -- opens with the link key alone, which is not in here
  name TEXT NOT NULL,                           -- the server's word for it; '' until it is found
  collection TEXT NOT NULL,                     -- where it is; '' until it is found
  sync_token TEXT NOT NULL,                     -- RFC 6578; '' where the server has none
  ctag TEXT NOT NULL,
  cards BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  tried_at BIGINT,
  synced_at BIGINT,                             -- the last success
  what TEXT NOT NULL,                           -- why the last try failed; '' where it did not
  hint TEXT NOT NULL,
  lease_until BIGINT,                           -- somebody is at it
  ready_at BIGINT NOT NULL                      -- when it is due, or the end of the lease
)
-- sqlite: STRICT
;
CREATE INDEX address_books_owner ON address_books (owner, id);
CREATE INDEX address_books_created ON address_books (created_at, id);
CREATE INDEX address_books_ready ON address_books (ready_at, id);

CREATE TABLE address_book_cards (
  book BIGINT NOT NULL REFERENCES address_books (id) ON DELETE CASCADE,
  href TEXT COLLATE "C" NOT NULL,
  etag TEXT NOT NULL,
  card TEXT NOT NULL,                           -- vCard, without its pictures
  PRIMARY KEY (book, href)
)
-- sqlite: STRICT, WITHOUT ROWID
;

-- An import of a linked book is the newer edition of that book's last one, and of no file. Kept when the link goes.
ALTER TABLE imports ADD COLUMN book BIGINT;
