namespace Mempulse.Grains.Hosting;

/// <summary>The roles of a silo. The embedded node has all of them; in a cluster each silo may have some.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>No role.</summary>
    None = 0,

    /// <summary>Holds and folds logs, and stores simulations. It hosts the sequencer, mempool, log reader and ledger grains.</summary>
    Log = 1,

    /// <summary>Runs the lanes that feed the logs.</summary>
    Ingest = 2,

    /// <summary>Runs simulations.</summary>
    Worker = 4,

    /// <summary>Serves the REST API.</summary>
    Api = 8,

    /// <summary>All roles, in one process.</summary>
    All = Log | Ingest | Worker | Api,
}
