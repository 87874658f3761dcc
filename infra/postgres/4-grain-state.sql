-- States of grains (Microsoft.Orleans.Persistence.AdoNet): one row for each grain, which the primary key enforces. The key is the grain's whole
-- key; the provider's hashes of it are not needed. Each statement is one transaction, and one without a result row is a refusal.

CREATE TABLE IF NOT EXISTS orleans_grain_state (
    service_id text        NOT NULL,
    grain_type text        NOT NULL,
    key_n0     bigint      NOT NULL,
    key_n1     bigint      NOT NULL,
    key_text   text        NOT NULL, -- a grain's key as text, or the extension of its key; empty without one
    etag       integer     NOT NULL,
    payload    bytea       NULL,     -- null: cleared
    written_at timestamptz NOT NULL,
    PRIMARY KEY (service_id, grain_type, key_n0, key_n1, key_text)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $query$
SELECT payload AS PayloadBinary, etag AS Version
FROM orleans_grain_state
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
  AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_text = COALESCE(@GrainIdExtensionString, '')
$query$),
-- Without an ETag the grain must not have a row: of many first writes, one adds it. With one, the row must still have it.
('WriteToStorageKey', $query$
WITH added AS (
    INSERT INTO orleans_grain_state (service_id, grain_type, key_n0, key_n1, key_text, etag, payload, written_at)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''), nextval('orleans_etag'), @PayloadBinary, now()
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT (service_id, grain_type, key_n0, key_n1, key_text) DO NOTHING
    RETURNING etag),
changed AS (
    UPDATE orleans_grain_state SET etag = nextval('orleans_etag'), payload = @PayloadBinary, written_at = now()
    WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
      AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_text = COALESCE(@GrainIdExtensionString, '')
      AND etag = @GrainStateVersion
    RETURNING etag)
SELECT etag AS NewGrainStateVersion FROM added UNION ALL SELECT etag FROM changed
$query$),
('ClearStorageKey', $query$
UPDATE orleans_grain_state SET etag = nextval('orleans_etag'), payload = NULL, written_at = now()
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
  AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_text = COALESCE(@GrainIdExtensionString, '')
  AND etag = @GrainStateVersion
RETURNING etag AS NewGrainStateVersion
$query$),
-- The provider takes any other number than the ETag as success.
('DeleteStorageKey', $query$
DELETE FROM orleans_grain_state
WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
  AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_text = COALESCE(@GrainIdExtensionString, '')
  AND etag = @GrainStateVersion
RETURNING -1 AS NewGrainStateVersion
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
