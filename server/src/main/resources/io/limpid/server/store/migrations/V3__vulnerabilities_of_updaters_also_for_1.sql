-- Which updater a vulnerability came from, null for one that somebody made or changed by the API, and what stands for all that the updater said of it:
-- the next update compares no more than that. What a server of version 1 or 2 changes is nobody's, and compared as something else.
ALTER TABLE vulnerability
    ADD COLUMN updater varchar(32),
    ADD COLUMN content uuid;
CREATE INDEX vulnerability_updater ON vulnerability (updater) WHERE deleted_at IS NULL AND updater IS NOT NULL;
