namespace Mempulse.Sim.Requests;

/// <summary>The versions that produced a result. Both are part of the simulation id.</summary>
public static class SimVersions
{
    /// <summary>Incremented whenever the same request over the same state can give a different execution or trace.</summary>
    public const int Engine = 2;

    /// <summary>Raised when the values derived from an execution change: categories, sentences, deltas, profit.</summary>
    public const int Rules = 1;
}
