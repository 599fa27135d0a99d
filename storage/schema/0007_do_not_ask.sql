-- Whom somebody does not want to hear of is named by an address, and listed by it: that two addresses are one
-- person's, or whose they are, is not for whoever makes the list.

CREATE TABLE unwanted (
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  other BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  address TEXT NOT NULL,                        -- as `person` wrote it; '' where nobody did
  PRIMARY KEY (person, other, address)
)
-- sqlite: STRICT, WITHOUT ROWID
;
INSERT INTO unwanted (person, other, address) SELECT person, other, '' FROM do_not_ask;
DROP TABLE do_not_ask;
ALTER TABLE unwanted RENAME TO do_not_ask;
CREATE INDEX do_not_ask_other ON do_not_ask (other);
