namespace Mempulse.Folding.Live;

/// <summary>What a fold is doing.</summary>
public enum FoldLoopPhase
{
    /// <summary>It looks for a checkpoint.</summary>
    Starting = 0,

    /// <summary>It applies what the log held when it started.</summary>
    CatchingUp = 1,

    /// <summary>It follows the log.</summary>
    Following = 2,

    /// <summary>It stopped on request.</summary>
    Stopped = 3,

    /// <summary>An error stopped it.</summary>
    Failed = 4,
}
