namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>What a fold is doing. The number is on the wire.</summary>
public enum FoldPhase
{
    /// <summary>Looking for a checkpoint.</summary>
    Starting = 0,

    /// <summary>Applying what was in the log before it started.</summary>
    CatchingUp = 1,

    /// <summary>Following the log.</summary>
    Following = 2,

    /// <summary>Stopped on request.</summary>
    Stopped = 3,

    /// <summary>Stopped by an error; the log goes on.</summary>
    Failed = 4,
}
