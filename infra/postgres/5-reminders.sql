-- Reminders (Microsoft.Orleans.Reminders.AdoNet). A silo reads those of its range of the hash ring: above its begin, up to and with its end.
-- Hashes are compared as signed numbers, so a range that goes past the end of the ring has its begin above its end.

CREATE TABLE IF NOT EXISTS orleans_reminder (
    service_id  text        NOT NULL,
    grain_id    text        NOT NULL,
    name        text        NOT NULL,
    grain_hash  integer     NOT NULL,
    start_time  timestamptz NOT NULL,
    period_ms   bigint      NOT NULL,
    etag        integer     NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);

CREATE INDEX IF NOT EXISTS orleans_reminder_by_hash ON orleans_reminder (service_id, grain_hash);

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $query$
INSERT INTO orleans_reminder AS reminder (service_id, grain_id, name, grain_hash, start_time, period_ms, etag)
VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, nextval('orleans_etag'))
ON CONFLICT (service_id, grain_id, name) DO UPDATE
SET grain_hash = excluded.grain_hash, start_time = excluded.start_time, period_ms = excluded.period_ms, etag = excluded.etag
RETURNING etag AS Version
$query$),
('ReadReminderRowKey', $query$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, etag AS Version
FROM orleans_reminder
WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$query$),
('ReadReminderRowsKey', $query$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, etag AS Version
FROM orleans_reminder
WHERE service_id = @ServiceId AND grain_id = @GrainId
$query$),
('ReadRangeRows1Key', $query$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, etag AS Version
FROM orleans_reminder
WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$query$),
('ReadRangeRows2Key', $query$
SELECT grain_id AS GrainId, name AS ReminderName, start_time AS StartTime, period_ms AS Period, etag AS Version
FROM orleans_reminder
WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$query$),
('DeleteReminderRowKey', $query$
WITH removed AS (
    DELETE FROM orleans_reminder
    WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND etag = @Version
    RETURNING 1)
SELECT EXISTS (SELECT FROM removed)
$query$),
('DeleteReminderRowsKey', $query$
DELETE FROM orleans_reminder WHERE service_id = @ServiceId
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
