namespace Mempulse.Sim.Requests;

/// <summary>Whether a trace speaks of single instructions.</summary>
public enum StepTracing
{
    /// <summary>It has the tree of calls alone.</summary>
    Off = 0,

    /// <summary>It also has a digest over every instruction of each transaction.</summary>
    Digest = 1,
}
