-- Whom R may not see has for R the name that R wrote, and an address typed tells nothing but itself.

ALTER TABLE introductions ADD COLUMN wanted TEXT NOT NULL DEFAULT '';
