-- Searching with a slip of the finger. Two words are one slip apart (a letter too many, too few, another one, two
-- swapped) where the same text is left after at most one letter is taken out of each. So every word that people are
-- found by stands here under itself and under itself without each of its letters, once, however many bear it.

CREATE TABLE near_words (
  near TEXT COLLATE "C" NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (near, word)
)
-- sqlite: STRICT, WITHOUT ROWID
;
INSERT INTO near_words
  SELECT DISTINCT substr(word, 1, place - 1) || substr(word, place + 1), word
  FROM (SELECT DISTINCT word FROM person_words) AS words,
       (WITH RECURSIVE places (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 25)
        SELECT place FROM places) AS numbered
  WHERE length(word) BETWEEN 4 AND 24 AND place <= length(word) + 1;
