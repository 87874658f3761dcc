namespace Mempulse.Net.Sinks;

/// <summary>The status of an append.</summary>
public enum AppendStatus
{
    /// <summary>Unknown: the call timed out or the other side is gone. The caller repeats it with the same keys.</summary>
    Unknown = 0,

    /// <summary>Every record is durable, now or since an earlier attempt.</summary>
    Appended = 1,

    /// <summary>The log cannot accept records now (disk full or failed). None of these records is in the log.</summary>
    Refused = 2,
}
