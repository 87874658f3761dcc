namespace Mempulse.Folding.Live;

/// <summary>What a fold is doing.</summary>
public enum FoldLoopPhase
{
    /// <summary>Restoring a checkpoint.</summary>
    Starting = 0,

    /// <summary>Applying what was in the log at the start.</summary>
    CatchingUp = 1,

    /// <summary>Following the log.</summary>
    Following = 2,

    /// <summary>Stopped on request.</summary>
    Stopped = 3,

    /// <summary>Stopped by an error.</summary>
    Failed = 4,
}
