-- How often telling it failed since it was last taken, and why the last time. A server of version 1 tells nobody.
ALTER TABLE notification
    ADD COLUMN failures integer NOT NULL DEFAULT 0,
    ADD COLUMN failure text;
