namespace Mempulse.Net.Sinks;

/// <summary>What became of an append.</summary>
public enum AppendStatus
{
    /// <summary>Not known: the call timed out or the other side went away. The caller repeats it with the same keys.</summary>
    Unknown = 0,

    /// <summary>Every record is durable, now or since an earlier try.</summary>
    Appended = 1,

    /// <summary>The log cannot take records at present (no room, failed disk): none of these is in the log.</summary>
    Refused = 2,
}
