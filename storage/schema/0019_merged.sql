-- Two of an owner's contacts are one person, as the owner says: everything that the owner's files say of the one is
-- the other's from then on, for this owner alone, until it is taken back. `people` knows nothing of it.

CREATE TABLE merged (
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  gone BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  kept BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  gone_name TEXT NOT NULL,                      -- what the owner had said of each before
  gone_organisation TEXT NOT NULL,
  gone_title TEXT NOT NULL,
  kept_name TEXT NOT NULL,
  kept_organisation TEXT NOT NULL,
  kept_title TEXT NOT NULL,
  merged_at BIGINT NOT NULL,
  PRIMARY KEY (owner, gone)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX merged_gone ON merged (gone);
CREATE INDEX merged_kept ON merged (kept, owner);

CREATE TABLE merged_ties (                      -- how the owner knew each before
  owner BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  strength DOUBLE PRECISION NOT NULL,
  since BIGINT,
  evidence TEXT NOT NULL,
  had BIGINT NOT NULL,                          -- 1: the kept one was known that way too, and was
  kept_strength DOUBLE PRECISION NOT NULL,
  kept_since BIGINT,
  kept_evidence TEXT NOT NULL,
  PRIMARY KEY (owner, gone, source),
  FOREIGN KEY (owner, gone) REFERENCES merged (owner, gone) ON DELETE CASCADE
)
-- sqlite: STRICT, WITHOUT ROWID
;

CREATE TABLE merged_imports (                   -- what imports had said of the one and say of the other now
  owner BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  import BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  source TEXT COLLATE "C" NOT NULL,
  moved BIGINT NOT NULL,                        -- 1: the row of import_ties was the gone one's
  made_had BIGINT NOT NULL,                     -- 1: its `had` was 0
  PRIMARY KEY (owner, gone, import, source),
  FOREIGN KEY (owner, gone) REFERENCES merged (owner, gone) ON DELETE CASCADE
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX merged_imports_import ON merged_imports (import);

CREATE TABLE told_apart (                       -- two, as the owner says, whatever they are called
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  one BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  other BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (owner, one, other)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX told_apart_one ON told_apart (one);
CREATE INDEX told_apart_other ON told_apart (other);
