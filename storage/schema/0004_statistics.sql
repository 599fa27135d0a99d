-- For the operator's dashboard: what its plots count is read from these alone, or in their order. Only asks_asked is
-- written in everyday work; failures are few.

CREATE INDEX asks_asked ON asks (asked_at, decided_at, decision, expires_at);
CREATE INDEX outbox_failed ON outbox (created_at) WHERE state = 'failed';
