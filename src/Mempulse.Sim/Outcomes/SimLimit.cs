namespace Mempulse.Sim.Outcomes;

/// <summary>The limit that ended a simulation.</summary>
public enum SimLimit
{
    /// <summary>No limit.</summary>
    None = 0,

    /// <summary>Executed instructions.</summary>
    Steps = 1,

    /// <summary>Memory of all frames of a transaction.</summary>
    Memory = 2,

    /// <summary>Call depth.</summary>
    Depth = 3,

    /// <summary>Size of the traces in bytes.</summary>
    TraceSize = 4,

    /// <summary>Sum of the gas limits of all transactions.</summary>
    Gas = 5,

    /// <summary>Number or total size of the transactions.</summary>
    BundleSize = 6,

    /// <summary>Rounds of fetching missing state.</summary>
    Fetches = 7,
}
