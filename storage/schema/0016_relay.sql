-- A long way, over two connectors: each passes it on to the next, with words of their own.

ALTER TABLE introductions ADD COLUMN relay TEXT NOT NULL DEFAULT '[]';      -- JSON: [id, id], as `connectors`
ALTER TABLE introductions ADD COLUMN vouching TEXT NOT NULL DEFAULT '';
