-- works with: @NEWEST@
-- What the next version adds, and programs of today know nothing of.
ALTER TABLE people ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';
ALTER TABLE introductions ADD COLUMN mood BIGINT;
CREATE TABLE moods (id BIGINT PRIMARY KEY, mood TEXT NOT NULL)
-- sqlite: STRICT
;
