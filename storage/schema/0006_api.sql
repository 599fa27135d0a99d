-- The JSON API: who may ask with which token, and what was answered to a request that may come again. A token's
-- secret is nowhere but with its owner; the table has its SHA-256.

CREATE TABLE api_tokens (
  id BIGINT PRIMARY KEY,
  secret_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  person BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,                           -- "reporting script"
  scopes TEXT NOT NULL,                         -- "people:read find", in the order of broker/api_scope.hpp
  created_at BIGINT NOT NULL,
  used_at BIGINT,                               -- to the day
  expires_at BIGINT,                            -- NULL: never
  revoked_at BIGINT
)
-- sqlite: STRICT
;
CREATE INDEX api_tokens_person ON api_tokens (person, created_at);
CREATE INDEX api_tokens_created ON api_tokens (created_at, id);

CREATE TABLE api_answers (                      -- for a day: the same request again gets the same answer
  token BIGINT NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
  key TEXT COLLATE "C" NOT NULL,                -- Idempotency-Key
  request_hash TEXT COLLATE "C" NOT NULL,       -- of method, path and body
  status BIGINT NOT NULL,
  location TEXT NOT NULL,                       -- the header; '' where there is none
  body TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (token, key)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX api_answers_age ON api_answers (answered_at);
