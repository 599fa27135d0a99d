-- While there is a row, no mail goes out: the operator's word, or the program's own when it sees that something is wrong.

CREATE TABLE sending_stop (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  since BIGINT NOT NULL,
  why TEXT NOT NULL
)
-- sqlite: STRICT
;
