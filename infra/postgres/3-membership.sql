-- Cluster membership (Microsoft.Orleans.Clustering.AdoNet): a version for each cluster, and a row for each start of a silo.
-- Every change of membership first raises the version from the one that the silo read. That row is the lock: of two changes that were made
-- from the same version, one succeeds and the other one reads again. Each statement is one transaction.

CREATE TABLE IF NOT EXISTS orleans_cluster (
    deployment_id text    PRIMARY KEY,
    version       integer NOT NULL
);

CREATE TABLE IF NOT EXISTS orleans_silo (
    deployment_id text        NOT NULL,
    address       text        NOT NULL,
    port          integer     NOT NULL,
    generation    integer     NOT NULL,
    silo_name     text        NOT NULL,
    host_name     text        NOT NULL,
    proxy_port    integer     NOT NULL,
    status        integer     NOT NULL, -- a SiloStatus: 3 is Active, 6 is Dead
    suspect_times text        NULL,
    start_time    timestamptz NOT NULL,
    alive_time    timestamptz NOT NULL,
    PRIMARY KEY (deployment_id, address, port, generation),
    FOREIGN KEY (deployment_id) REFERENCES orleans_cluster ON DELETE CASCADE
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $query$
WITH added AS (
    INSERT INTO orleans_cluster (deployment_id, version) VALUES (@DeploymentId, 0)
    ON CONFLICT (deployment_id) DO NOTHING
    RETURNING 1)
SELECT EXISTS (SELECT FROM added)
$query$),
('InsertMembershipKey', $query$
WITH raised AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE deployment_id = @DeploymentId AND version = @Version
      AND NOT EXISTS (
        SELECT FROM orleans_silo
        WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment_id),
added AS (
    INSERT INTO orleans_silo (deployment_id, address, port, generation, silo_name, host_name, proxy_port, status, start_time, alive_time)
    SELECT deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @ProxyPort, @Status, @StartTime, @IAmAliveTime FROM raised
    RETURNING 1)
SELECT EXISTS (SELECT FROM added)
$query$),
('UpdateMembershipKey', $query$
WITH raised AS (
    UPDATE orleans_cluster SET version = version + 1
    WHERE deployment_id = @DeploymentId AND version = @Version
      AND EXISTS (
        SELECT FROM orleans_silo
        WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment_id),
changed AS (
    UPDATE orleans_silo AS silo SET status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
    FROM raised
    WHERE silo.deployment_id = raised.deployment_id AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
    RETURNING 1)
SELECT EXISTS (SELECT FROM changed)
$query$),
-- The spelling is the provider's. A sign of life does not change the version.
('UpdateIAmAlivetimeKey', $query$
UPDATE orleans_silo SET alive_time = @IAmAliveTime
WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),
-- A cluster without silos is one row without a silo: the provider takes the version from the first row.
('MembershipReadAllKey', $query$
SELECT silo.address AS Address, silo.port AS Port, silo.generation AS Generation, silo.silo_name AS SiloName, silo.host_name AS HostName,
       silo.status AS Status, silo.proxy_port AS ProxyPort, silo.suspect_times AS SuspectTimes, silo.start_time AS StartTime,
       silo.alive_time AS IAmAliveTime, cluster.version AS Version
FROM orleans_cluster AS cluster LEFT JOIN orleans_silo AS silo USING (deployment_id)
WHERE cluster.deployment_id = @DeploymentId
$query$),
('MembershipReadRowKey', $query$
SELECT silo.address AS Address, silo.port AS Port, silo.generation AS Generation, silo.silo_name AS SiloName, silo.host_name AS HostName,
       silo.status AS Status, silo.proxy_port AS ProxyPort, silo.suspect_times AS SuspectTimes, silo.start_time AS StartTime,
       silo.alive_time AS IAmAliveTime, cluster.version AS Version
FROM orleans_cluster AS cluster LEFT JOIN orleans_silo AS silo
  ON silo.deployment_id = cluster.deployment_id AND silo.address = @Address AND silo.port = @Port AND silo.generation = @Generation
WHERE cluster.deployment_id = @DeploymentId
$query$),
-- Silos without a gateway have proxy port 0.
('GatewaysQueryKey', $query$
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM orleans_silo
WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$),
-- The silos go with it.
('DeleteMembershipTableEntriesKey', $query$
DELETE FROM orleans_cluster WHERE deployment_id = @DeploymentId
$query$),
('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM orleans_silo
WHERE deployment_id = @DeploymentId AND status = 6 AND start_time < @IAmAliveTime AND alive_time < @IAmAliveTime
$query$),
-- Deletes the row of a dead silo only as it was read: not one that has changed since.
('CleanupDefunctSiloEntryKey', $query$
DELETE FROM orleans_silo
WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND status = 6
  AND start_time = @StartTime AND alive_time = @IAmAliveTime AND suspect_times IS NOT DISTINCT FROM @SuspectTimes
$query$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext;
