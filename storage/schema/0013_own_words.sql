-- How an owner's files call a contact, where that is other than what stands in `people`: there are the words of
-- whoever brought them first, or the member's own. `own_names` held what nobody wrote to since.

DROP TABLE own_names;
CREATE TABLE own_words (
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_name TEXT COLLATE "C" NOT NULL,        -- as in `people`; the words of `folded` are in person_words too
  folded TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (owner, contact)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX own_words_contact ON own_words (contact, folded_name);
