namespace Mempulse.Grains.Hosting;

/// <summary>What a silo does. The embedded node does all of it; in a cluster each silo does its part.</summary>
[Flags]
public enum SiloRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Holds logs, folds them, stores simulations: the sequencer, mempool, reader and ledger grains live here.</summary>
    Log = 1,

    /// <summary>Runs the lanes that feed logs.</summary>
    Ingest = 2,

    /// <summary>Runs simulations.</summary>
    Worker = 4,

    /// <summary>Serves the REST API.</summary>
    Api = 8,

    /// <summary>Everything, in one process.</summary>
    All = Log | Ingest | Worker | Api,
}
