namespace Mempulse.Sim.Outcomes;

/// <summary>Which bound ended a simulation.</summary>
public enum SimLimit
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Instructions.</summary>
    Steps = 1,

    /// <summary>Memory of a transaction.</summary>
    Memory = 2,

    /// <summary>Calls within calls.</summary>
    Depth = 3,

    /// <summary>Bytes that the traces keep.</summary>
    TraceSize = 4,

    /// <summary>Gas limits of all transactions together.</summary>
    Gas = 5,

    /// <summary>Number or size of the transactions.</summary>
    BundleSize = 6,

    /// <summary>Rounds of fetching state.</summary>
    Fetches = 7,
}
