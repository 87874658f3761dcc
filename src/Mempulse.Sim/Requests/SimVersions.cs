namespace Mempulse.Sim.Requests;

/// <summary>What a result was made by. A change of either makes other ids.</summary>
public static class SimVersions
{
    /// <summary>Raised when the same request over the same state may give another result or another trace.</summary>
    public const int Engine = 1;

    /// <summary>Raised when what is derived from an execution changes: categories, deltas, profit.</summary>
    public const int Rules = 1;
}
