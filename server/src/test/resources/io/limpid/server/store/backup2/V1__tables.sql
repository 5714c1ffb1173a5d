CREATE TABLE b_parent (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, above bigint REFERENCES b_parent (id));
CREATE TABLE a_child (id serial PRIMARY KEY, parent bigint NOT NULL REFERENCES b_parent (id) ON DELETE CASCADE, bytes bytea, words text[], twice bigint GENERATED ALWAYS AS (parent * 2) STORED);
CREATE TABLE empty (n int);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no trigger during a restore'; END $$;
