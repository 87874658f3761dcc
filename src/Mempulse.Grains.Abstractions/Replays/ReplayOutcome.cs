namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>What a replay has come to. The number is on the wire.</summary>
public enum ReplayOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Still at it; ask again.</summary>
    Running = 1,

    /// <summary>Another stretch is being replayed; ask again.</summary>
    Busy = 2,

    /// <summary>The stretch is not all in the log.</summary>
    OutOfRange = 3,

    /// <summary>The log could not be read.</summary>
    Failed = 4,
}
