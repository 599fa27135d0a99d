-- works with: 9001
-- What the version after that takes away: whoever knows 9001 does without.
DROP TABLE moods;
ALTER TABLE introductions DROP COLUMN mood;
