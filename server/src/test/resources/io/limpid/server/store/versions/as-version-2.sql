-- What a server of schema version 2 says to its database, statement by statement, as its log of all statements had it: values stand in place of the
-- parameters. :name is a value that an earlier statement answered, told below it by --> name=COLUMN; all rows of a column are {:name}. :round is the
-- round, :lockold and :locknew what two vulnerabilities are locked by. Each part is a transaction. All versions of package p are before the fix: what the server compares is not part of this.

-- post a layer
SELECT id, name, version_format FROM namespace WHERE name = ANY ('{debian:12}');
INSERT INTO namespace (name, version_format) VALUES ('debian:12', 'dpkg') ON CONFLICT (name) DO NOTHING;
UPDATE namespace SET version_format = 'dpkg' WHERE name = 'debian:12' AND version_format = '';
SELECT id, name, version_format FROM namespace WHERE name = ANY ('{debian:12}');
--> namespace=1
INSERT INTO layer (name, engine_version, parent_id, namespace_id) VALUES ('old-L:round', 3, NULL, :namespace)
ON CONFLICT (name) DO NOTHING RETURNING id;
--> layer=1
INSERT INTO feature (namespace_id, name) SELECT * FROM unnest('{:namespace}'::bigint[], '{p}'::text[])
ON CONFLICT (namespace_id, name) DO NOTHING;
SELECT f.id, f.namespace_id, f.name FROM unnest('{:namespace}'::bigint[], '{p}'::text[]) AS k (namespace_id, name)
JOIN feature f ON f.namespace_id = k.namespace_id AND f.name = k.name;
--> feature=1
SELECT id FROM feature WHERE id = ANY ('{:feature}'::bigint[]) ORDER BY id FOR NO KEY UPDATE;
INSERT INTO feature_version (feature_id, version) SELECT * FROM unnest('{:feature}'::bigint[], '{1.:round}'::text[])
ON CONFLICT (feature_id, version) DO NOTHING RETURNING id, feature_id, version;
SELECT i.id, i.vulnerability_id, i.feature_id, i.version,
       CASE WHEN i.version_format = '' THEN n.version_format ELSE i.version_format END
FROM fixed_in i JOIN feature f ON f.id = i.feature_id JOIN namespace n ON n.id = f.namespace_id
WHERE i.feature_id = ANY ('{:feature}'::bigint[]);
--> fixes=1 vulnerabilities=2
SELECT v.id, v.feature_id, v.version FROM unnest('{:feature}'::bigint[], '{1.:round}'::text[]) AS k (feature_id, version)
JOIN feature_version v ON v.feature_id = k.feature_id AND v.version = k.version;
--> version=1
INSERT INTO affects (feature_version_id, vulnerability_id, fixed_in_id)
SELECT :version, * FROM unnest('{:vulnerabilities}'::bigint[], '{:fixes}'::bigint[])
ON CONFLICT (feature_version_id, vulnerability_id) DO NOTHING;
INSERT INTO layer_change (layer_id, feature_version_id, is_added)
SELECT :layer, id, is_added FROM unnest('{:version}'::bigint[], '{t}'::boolean[]) AS c (id, is_added);

-- post a vulnerability
SELECT pg_advisory_xact_lock_shared(1818848513, -546610938), pg_advisory_xact_lock(1818848514, :lockold);
SELECT v.id, v.namespace_id, v.name, v.description, v.link, v.severity, v.metadata
FROM vulnerability v WHERE v.namespace_id = :namespace AND v.name = 'old-V:round' AND v.deleted_at IS NULL;
INSERT INTO vulnerability (namespace_id, name, description, link, severity, metadata)
SELECT * FROM unnest('{:namespace}'::bigint[], '{old-V:round}'::text[], '{""}'::text[], '{""}'::text[], '{High}'::text[],
    '{NULL}'::text[]) RETURNING id, namespace_id, name;
--> vulnerability=1
SELECT id FROM feature WHERE id = ANY ('{:feature}'::bigint[]) ORDER BY id FOR NO KEY UPDATE;
INSERT INTO fixed_in (vulnerability_id, feature_id, version, version_format)
SELECT * FROM unnest('{:vulnerability}'::bigint[], '{:feature}'::bigint[], '{9}'::text[], '{""}'::text[])
RETURNING id, vulnerability_id, feature_id, version, version_format;
--> fix=1
SELECT id, feature_id, version FROM feature_version WHERE feature_id = ANY ('{:feature}'::bigint[]);
--> versions=1
INSERT INTO affects (feature_version_id, vulnerability_id, fixed_in_id)
SELECT id, :vulnerability, :fix FROM unnest('{:versions}'::bigint[]) AS v (id)
ON CONFLICT (feature_version_id, vulnerability_id) DO NOTHING;
INSERT INTO notification (name, old_vulnerability_id, new_vulnerability_id)
SELECT * FROM unnest(ARRAY[gen_random_uuid()::text], '{NULL}'::bigint[], '{:vulnerability}'::bigint[]);

-- change the severity of a vulnerability that the other server posted
SELECT pg_advisory_xact_lock_shared(1818848513, -546610938), pg_advisory_xact_lock(1818848514, :locknew);
SELECT v.id, v.namespace_id, v.name, v.description, v.link, v.severity, v.metadata
FROM vulnerability v WHERE v.namespace_id = :namespace AND v.name = 'new-V:round' AND v.deleted_at IS NULL;
--> before=1
SELECT i.vulnerability_id, f.name, i.version, i.version_format
FROM fixed_in i JOIN feature f ON f.id = i.feature_id
WHERE i.vulnerability_id = ANY ('{:before}'::bigint[]) ORDER BY i.id;
UPDATE vulnerability SET deleted_at = now() WHERE id = ANY ('{:before}'::bigint[]);
INSERT INTO vulnerability (namespace_id, name, description, link, severity, metadata)
SELECT * FROM unnest('{:namespace}'::bigint[], '{new-V:round}'::text[], '{""}'::text[], '{""}'::text[], '{Low}'::text[],
    '{NULL}'::text[]) RETURNING id, namespace_id, name;
--> vulnerability=1
SELECT id FROM feature WHERE id = ANY ('{:feature}'::bigint[]) ORDER BY id FOR NO KEY UPDATE;
INSERT INTO fixed_in (vulnerability_id, feature_id, version, version_format)
SELECT * FROM unnest('{:vulnerability}'::bigint[], '{:feature}'::bigint[], '{9}'::text[], '{""}'::text[])
RETURNING id, vulnerability_id, feature_id, version, version_format;
--> fix=1
SELECT id, feature_id, version FROM feature_version WHERE feature_id = ANY ('{:feature}'::bigint[]);
--> versions=1
INSERT INTO affects (feature_version_id, vulnerability_id, fixed_in_id)
SELECT id, :vulnerability, :fix FROM unnest('{:versions}'::bigint[]) AS v (id)
ON CONFLICT (feature_version_id, vulnerability_id) DO NOTHING;
INSERT INTO notification (name, old_vulnerability_id, new_vulnerability_id)
SELECT * FROM unnest(ARRAY[gen_random_uuid()::text], '{:before}'::bigint[], '{:vulnerability}'::bigint[]);

-- tell of a change, which the receiver does not take
UPDATE notification SET claim_owner = 'old', claim_epoch = claim_epoch + 1,
    claim_until = clock_timestamp() + 60000 * interval '1 millisecond'
WHERE id = (
    SELECT id FROM notification
    WHERE deleted_at IS NULL AND (claim_until IS NULL OR claim_until <= clock_timestamp())
        AND (notified_at IS NULL OR notified_at < clock_timestamp() - 7200000 * interval '1 millisecond')
    ORDER BY claim_until NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING name, claim_epoch, failures, (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint;
--> notification=1 epoch=2
UPDATE notification SET claim_owner = NULL, claim_until = clock_timestamp() + 1000 * interval '1 millisecond',
    failures = failures + 1, failure = 'HTTP 500' WHERE name = ':notification' AND claim_epoch = :epoch AND claim_owner IS NOT NULL;

-- tell of another, which is taken and deleted
UPDATE notification SET claim_owner = 'old', claim_epoch = claim_epoch + 1,
    claim_until = clock_timestamp() + 60000 * interval '1 millisecond'
WHERE id = (
    SELECT id FROM notification
    WHERE deleted_at IS NULL AND (claim_until IS NULL OR claim_until <= clock_timestamp())
        AND (notified_at IS NULL OR notified_at < clock_timestamp() - 7200000 * interval '1 millisecond')
    ORDER BY claim_until NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING name, claim_epoch, failures, (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint;
--> notification=1 epoch=2
UPDATE notification SET notified_at = now(), claim_owner = NULL, claim_until = clock_timestamp(),
    failures = 0, failure = NULL WHERE name = ':notification' AND claim_epoch = :epoch AND claim_owner IS NOT NULL;
SELECT name, created_at, notified_at, deleted_at, old_vulnerability_id, new_vulnerability_id
FROM notification WHERE name = ':notification';
UPDATE notification SET deleted_at = now() WHERE name = ':notification';

-- read
SELECT v.id, n.name, n.version_format, v.name, v.description, v.link, v.severity, v.metadata
FROM vulnerability v JOIN namespace n ON n.id = v.namespace_id
WHERE v.namespace_id = :namespace AND v.deleted_at IS NULL AND v.id >= 0 ORDER BY v.id LIMIT 11;
WITH RECURSIVE chain (id, parent_id, name, depth) AS (
    SELECT id, parent_id, name, 0 FROM layer WHERE id = :layer
    UNION ALL
    SELECT l.id, l.parent_id, l.name, c.depth + 1 FROM chain c JOIN layer l ON l.id = c.parent_id
), last AS (
    SELECT DISTINCT ON (d.feature_version_id) d.feature_version_id, d.is_added, c.name
    FROM chain c JOIN layer_change d ON d.layer_id = c.id
    ORDER BY d.feature_version_id, c.depth
)
SELECT v.id, f.name, v.version, n.name, n.version_format, last.name
FROM last JOIN feature_version v ON v.id = last.feature_version_id
JOIN feature f ON f.id = v.feature_id JOIN namespace n ON n.id = f.namespace_id
WHERE last.is_added ORDER BY v.id;
SELECT a.feature_version_id, v.id, n.name, n.version_format, v.name, v.description, v.link, v.severity,
       v.metadata, i.version
FROM affects a JOIN vulnerability v ON v.id = a.vulnerability_id AND v.deleted_at IS NULL
JOIN fixed_in i ON i.id = a.fixed_in_id JOIN namespace n ON n.id = v.namespace_id
WHERE a.feature_version_id = ANY ('{:version}'::bigint[]) ORDER BY v.id;
SELECT l.id, l.name FROM layer l WHERE l.id >= 0 AND l.id IN (
    SELECT c.layer_id FROM affects a
    JOIN layer_change c ON c.feature_version_id = a.feature_version_id AND c.is_added
    WHERE a.vulnerability_id = :vulnerability AND c.layer_id >= 0)
ORDER BY l.id LIMIT 11;

-- post what is deleted again
INSERT INTO layer (name, engine_version, parent_id, namespace_id) VALUES ('gone-L:round', 3, :layer, :namespace)
ON CONFLICT (name) DO NOTHING RETURNING id;
INSERT INTO vulnerability (namespace_id, name, description, link, severity, metadata)
SELECT * FROM unnest('{:namespace}'::bigint[], '{gone-V:round}'::text[], '{""}'::text[], '{""}'::text[], '{High}'::text[],
    '{NULL}'::text[]) RETURNING id, namespace_id, name;
--> vulnerability=1
INSERT INTO notification (name, old_vulnerability_id, new_vulnerability_id)
SELECT * FROM unnest(ARRAY[gen_random_uuid()::text], '{NULL}'::bigint[], '{:vulnerability}'::bigint[]);

-- delete
UPDATE vulnerability v SET deleted_at = now() FROM namespace n
WHERE n.id = v.namespace_id AND n.name = 'debian:12' AND v.name = 'gone-V:round' AND v.deleted_at IS NULL RETURNING v.id;
--> before=1
INSERT INTO notification (name, old_vulnerability_id, new_vulnerability_id)
SELECT * FROM unnest(ARRAY[gen_random_uuid()::text], '{:before}'::bigint[], '{NULL}'::bigint[]);
WITH RECURSIVE above (id) AS (
    SELECT id FROM layer WHERE name = 'gone-L:round'
    UNION ALL
    SELECT l.id FROM above a JOIN layer l ON l.parent_id = a.id
), held AS (
    SELECT id FROM layer WHERE id IN (SELECT id FROM above) ORDER BY id FOR UPDATE
)
DELETE FROM layer WHERE id IN (SELECT id FROM held);

-- take the updater's turn, keep it, see that it is still held, give it back
INSERT INTO lease AS l (name, owner, epoch, until)
VALUES ('old', 'old', 1, clock_timestamp() + 60000 * interval '1 millisecond')
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, epoch = l.epoch + 1, until = excluded.until
WHERE l.until <= clock_timestamp()
RETURNING epoch;
--> epoch=1
UPDATE lease SET until = clock_timestamp() + 60000 * interval '1 millisecond' WHERE name = 'old' AND epoch = :epoch;
SELECT epoch FROM lease WHERE name = 'old' AND epoch = :epoch FOR SHARE;
UPDATE lease SET until = '-infinity', epoch = epoch + 1 WHERE name = 'old' AND epoch = :epoch;
