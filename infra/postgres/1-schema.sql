-- The version of this schema. Every script may run any number of times. Run all of them in one transaction, in the order of their names.

-- Two migrations at once: the second one waits here until the transaction of the first one has ended.
SELECT pg_advisory_xact_lock(7020389621450731);

-- The versions that were applied to this database; the highest one is the schema's version.
CREATE TABLE IF NOT EXISTS mempulse_schema (
    version    integer     PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- The statements that the ADO.NET providers of Orleans run. The name of this table and of its columns are theirs; everything else is ours.
CREATE TABLE IF NOT EXISTS orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

-- Sources of ETags. A row that is deleted and written again does not repeat an ETag, so a handle of the deleted row stays refused.
CREATE SEQUENCE IF NOT EXISTS orleans_etag AS integer MINVALUE 1 CYCLE;
