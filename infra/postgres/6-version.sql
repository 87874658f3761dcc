-- Last: the version that the scripts before this one make. Raise it, and ClusterSchema.CurrentVersion with it, when one of them changes.
INSERT INTO mempulse_schema (version) VALUES (1) ON CONFLICT (version) DO NOTHING;
