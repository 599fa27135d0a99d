-- What one member says of somebody is that member's word: it finds the person for this member's own files and is shown
-- to them, and makes nothing true for anybody else. An address is where mail goes and whom a letter is from; were each
-- card believed, a member who puts an address of their own beside another's on it would get that person's mail.

CREATE TABLE noted_keys (
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  noted_key TEXT COLLATE "C" NOT NULL,          -- an address's or a profile's, that is nobody's in `people`
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  address TEXT NOT NULL,                        -- '' for a profile
  PRIMARY KEY (owner, noted_key)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX noted_keys_contact ON noted_keys (contact);

CREATE TABLE own_names (                        -- how the owner's own files call the contact
  owner BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  contact BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  organisation TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_name TEXT COLLATE "C" NOT NULL,        -- as in `people`
  folded TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (owner, contact)
)
-- sqlite: STRICT, WITHOUT ROWID
;
CREATE INDEX own_names_contact ON own_names (contact);

-- Second addresses came from contact files alone, and so did the profiles of people with an address.
INSERT INTO noted_keys (owner, noted_key, contact, address)
  SELECT DISTINCT ties.owner, addresses.address_key, addresses.person, addresses.address
  FROM addresses JOIN people ON people.id = addresses.person JOIN ties ON ties.contact = people.id
  WHERE addresses.position > 1 AND LOWER(addresses.address) <> LOWER(COALESCE(people.address, ''));
DELETE FROM addresses WHERE position > 1 AND LOWER(address) <>
  (SELECT LOWER(COALESCE(people.address, '')) FROM people WHERE people.id = addresses.person);
INSERT INTO noted_keys (owner, noted_key, contact, address)
  SELECT DISTINCT ties.owner, people.profile_key, people.id, ''
  FROM people JOIN ties ON ties.contact = people.id
  WHERE people.member = 0 AND people.address IS NOT NULL AND people.profile_key IS NOT NULL;
UPDATE people SET profile_key = NULL WHERE member = 0 AND address IS NOT NULL;
-- Of whom one member alone knows, the words are that member's.
INSERT INTO own_names (owner, contact, name, organisation, title, folded_name, folded)
  SELECT MIN(ties.owner), people.id, name, organisation, title, folded_name, folded
  FROM people JOIN ties ON ties.contact = people.id WHERE member = 0
  GROUP BY people.id HAVING MIN(ties.owner) = MAX(ties.owner);
