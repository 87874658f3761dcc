namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The outcome of a replay. The numbers are part of the wire format.</summary>
public enum ReplayOutcome
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>In progress; repeat the call.</summary>
    Running = 1,

    /// <summary>Another range is being replayed; repeat the call.</summary>
    Busy = 2,

    /// <summary>The log does not hold the whole range.</summary>
    OutOfRange = 3,

    /// <summary>The log could not be read.</summary>
    Failed = 4,

    /// <summary>Cancelled.</summary>
    Cancelled = 5,
}
