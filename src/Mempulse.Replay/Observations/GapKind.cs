namespace Mempulse.Replay.Observations;

/// <summary>How an observer failed to see. The number stands in checkpoints.</summary>
public enum GapKind
{
    /// <summary>It could not be heard.</summary>
    Disconnected = 0,

    /// <summary>It could be heard and showed nothing for longer than the limit.</summary>
    Silent = 1,

    /// <summary>It showed more than could be taken in; part of it was dropped.</summary>
    Throttled = 2,

    /// <summary>No observer at all could be heard.</summary>
    Blind = 3,
}
