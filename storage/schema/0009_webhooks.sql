-- Whom changes of introductions are told to, and what still waits to be told. A hook's secret stands here whole: each
-- delivery is signed with it. What a hook is told goes out in the order of the changes, one at a time, so that it is
-- the hook that is due and not the delivery.

CREATE TABLE webhooks (
  id BIGINT PRIMARY KEY,
  person BIGINT REFERENCES people (id) ON DELETE CASCADE,  -- NULL: the operator's, which is told of everything
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  failing_since BIGINT,                         -- the first failure since the last success
  disabled_at BIGINT,
  disabled_why TEXT NOT NULL,
  dropped BIGINT NOT NULL,                      -- changes it was not told of, because too many were waiting
  ready_at BIGINT                               -- when it is tried next, or the end of a lease; NULL: nothing waits
)
-- sqlite: STRICT
;
CREATE INDEX webhooks_person ON webhooks (person, id);
CREATE INDEX webhooks_created ON webhooks (created_at, id);
CREATE INDEX webhooks_ready ON webhooks (ready_at, id) WHERE ready_at IS NOT NULL;

CREATE TABLE webhook_deliveries (
  id BIGINT PRIMARY KEY,                        -- in the order of the changes
  webhook BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  introduction BIGINT NOT NULL REFERENCES introductions (id) ON DELETE CASCADE,
  shown_state TEXT NOT NULL,                    -- as the hook's owner sees it
  body TEXT NOT NULL,                           -- '' as soon as it is settled
  created_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  last_reply TEXT NOT NULL,
  taken BIGINT NOT NULL CHECK (taken IN (0, 1)),
  settled_at BIGINT                             -- taken, or given up
)
-- sqlite: STRICT
;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook, id) WHERE settled_at IS NULL;
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook, created_at, id);
CREATE INDEX webhook_deliveries_introduction ON webhook_deliveries (introduction);
