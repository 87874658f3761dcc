-- Who may write the log of a chain: a lease with an epoch. One row for each chain of a cluster.
CREATE TABLE IF NOT EXISTS mempulse_log_writer (
    cluster_id text           NOT NULL,
    chain      numeric(20, 0) NOT NULL,
    epoch      numeric(20, 0) NOT NULL, -- of the last writer; rises by one with each
    volume     uuid           NOT NULL, -- the data volume that the log is on
    machine    text           NOT NULL, -- where the holder runs
    holder     text           NOT NULL, -- the silo that took this epoch; empty once it has closed the log
    renewals   bigint         NOT NULL, -- changes while the holder is alive
    watermark  numeric(20, 0) NOT NULL, -- the highest position that the holder reported as durable
    PRIMARY KEY (cluster_id, chain)
);
