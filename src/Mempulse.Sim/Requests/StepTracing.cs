namespace Mempulse.Sim.Requests;

/// <summary>Whether a simulation computes a digest over its instructions.</summary>
public enum StepTracing
{
    /// <summary>No digest; only the call tree is traced.</summary>
    Off = 0,

    /// <summary>A digest over every instruction of each transaction, in addition to the call tree.</summary>
    Digest = 1,
}
