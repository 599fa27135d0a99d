-- A newer file of a list: whom an earlier file of it named and this one no longer does goes with this import, and comes
-- back when it is taken back.

ALTER TABLE imports ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;        -- contacts whom it no longer names
ALTER TABLE imports ADD COLUMN left_alone BIGINT NOT NULL DEFAULT 0;  -- of earlier files of its kind that are other lists
ALTER TABLE imports ADD COLUMN superseded_by BIGINT;                  -- the next file of the same list
CREATE INDEX imports_superseded ON imports (superseded_by) WHERE superseded_by IS NOT NULL;

ALTER TABLE import_ties ADD COLUMN gone_at BIGINT;                    -- NULL: the file names them
CREATE INDEX import_ties_gone ON import_ties (gone_at) WHERE gone_at IS NOT NULL AND had = 1;
