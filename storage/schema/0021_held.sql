-- How many answers are held just now is asked every few seconds; they are few, and the introductions many.
CREATE INDEX introductions_held ON introductions (id) WHERE held_by IS NOT NULL;
