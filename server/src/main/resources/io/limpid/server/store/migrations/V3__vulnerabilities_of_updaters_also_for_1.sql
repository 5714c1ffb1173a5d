-- Which updater a vulnerability came from, null for one that somebody made or changed by the API, and what stands for all that the updater said of it:
-- the next update compares no more than that. What a server of version 1 or 2 changes is nobody's, and compared as something else.
ALTER TABLE vulnerability
    ADD COLUMN updater varchar(32),
    ADD COLUMN content uuid;
CREATE INDEX vulnerability_updater ON vulnerability (updater) WHERE deleted_at IS NULL AND updater IS NOT NULL;

-- What was deleted long ago is swept; whatever still tells of a vulnerability keeps it.
CREATE INDEX vulnerability_deleted ON vulnerability (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX notification_deleted ON notification (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX notification_old ON notification (old_vulnerability_id) WHERE old_vulnerability_id IS NOT NULL;
CREATE INDEX notification_new ON notification (new_vulnerability_id) WHERE new_vulnerability_id IS NOT NULL;
