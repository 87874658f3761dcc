namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>Whether a log accepts appends. The numbers are part of the wire format.</summary>
public enum LogState
{
    /// <summary>The log accepts appends.</summary>
    Writable = 0,

    /// <summary>The volume is full; the log accepts appends again once there is room.</summary>
    NoRoom = 1,

    /// <summary>The log has failed, or another writer has taken it over.</summary>
    Failed = 2,

    /// <summary>The log's directory or device cannot be reached; the log accepts appends again once it can.</summary>
    Unreachable = 3,
}
