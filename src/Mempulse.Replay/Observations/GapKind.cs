namespace Mempulse.Replay.Observations;

/// <summary>The kind of a gap. The number is in checkpoints.</summary>
public enum GapKind
{
    /// <summary>The observer was not connected.</summary>
    Disconnected = 0,

    /// <summary>The observer was connected and announced nothing for longer than the limit.</summary>
    Silent = 1,

    /// <summary>The observer announced more than was accepted; part of it was dropped.</summary>
    Throttled = 2,

    /// <summary>No observer was connected; for a lane of peers, none of that lane.</summary>
    Blind = 3,

    /// <summary>Nothing could be recorded: the log was full or out of reach, or the process did not run.</summary>
    Unrecorded = 4,
}
