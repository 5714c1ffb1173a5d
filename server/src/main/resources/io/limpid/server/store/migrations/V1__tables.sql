-- Names are as long as Clair's may be: a longer one is refused by both.

CREATE TABLE namespace (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           varchar(128) NOT NULL UNIQUE,
    -- Empty until one is known.
    version_format varchar(128) NOT NULL DEFAULT ''
);

-- What is installed. Rows of these two are never deleted nor changed, so their ids may be remembered.
CREATE TABLE feature (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace_id bigint NOT NULL REFERENCES namespace,
    name         varchar(128) NOT NULL,
    UNIQUE (namespace_id, name)
);

CREATE TABLE feature_version (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feature_id bigint NOT NULL REFERENCES feature,
    version    varchar(128) NOT NULL,
    UNIQUE (feature_id, version)
);

CREATE TABLE layer (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           varchar(128) NOT NULL UNIQUE,
    engine_version smallint NOT NULL,
    parent_id      bigint REFERENCES layer,
    namespace_id   bigint REFERENCES namespace,
    created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON layer (parent_id);

-- What a layer adds to the one below it, and what it takes away.
CREATE TABLE layer_difference (
    layer_id           bigint NOT NULL REFERENCES layer ON DELETE CASCADE,
    feature_version_id bigint NOT NULL REFERENCES feature_version,
    is_added           boolean NOT NULL,
    PRIMARY KEY (layer_id, feature_version_id)
);
CREATE INDEX ON layer_difference (feature_version_id, layer_id) WHERE is_added;

-- A change makes a new row; the old one is marked as deleted and stays, because notifications tell of it.
CREATE TABLE vulnerability (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace_id bigint NOT NULL REFERENCES namespace,
    name         varchar(128) NOT NULL,
    description  text NOT NULL,
    link         varchar(128) NOT NULL,
    severity     smallint NOT NULL,
    -- A JSON object as text, in one form: equal objects are equal texts.
    metadata     text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    deleted_at   timestamptz
);
CREATE UNIQUE INDEX ON vulnerability (namespace_id, name) WHERE deleted_at IS NULL;
CREATE INDEX ON vulnerability (namespace_id, id) WHERE deleted_at IS NULL;

CREATE TABLE fix (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vulnerability_id bigint NOT NULL REFERENCES vulnerability,
    feature_id       bigint NOT NULL REFERENCES feature,
    -- #MAXV#: nothing fixes it.
    version          varchar(128) NOT NULL,
    UNIQUE (vulnerability_id, feature_id)
);
CREATE INDEX ON fix (feature_id);

-- What follows from fix and feature_version by the order of versions, kept so that a question is one join. Whoever adds a row to either of them
-- holds the lock of the feature's row while it looks at the other, so none is missed.
CREATE TABLE affects (
    feature_version_id bigint NOT NULL REFERENCES feature_version,
    vulnerability_id   bigint NOT NULL REFERENCES vulnerability,
    fix_id             bigint NOT NULL REFERENCES fix,
    PRIMARY KEY (feature_version_id, vulnerability_id)
);
CREATE INDEX ON affects (vulnerability_id, feature_version_id);

CREATE TABLE notification (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        varchar(64) NOT NULL UNIQUE,
    created_at  timestamptz NOT NULL DEFAULT now(),
    notified_at timestamptz,
    deleted_at  timestamptz,
    old_vulnerability_id bigint REFERENCES vulnerability,
    new_vulnerability_id bigint REFERENCES vulnerability,
    CHECK (old_vulnerability_id IS NOT NULL OR new_vulnerability_id IS NOT NULL)
);
CREATE INDEX ON notification (notified_at) WHERE deleted_at IS NULL;

CREATE TABLE key_value (
    key   varchar(128) PRIMARY KEY,
    value text NOT NULL
);
