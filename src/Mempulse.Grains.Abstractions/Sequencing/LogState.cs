namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>Whether a log takes appends. The number is on the wire.</summary>
public enum LogState
{
    /// <summary>It does.</summary>
    Writable = 0,

    /// <summary>The volume is full; it takes appends again when there is room.</summary>
    NoRoom = 1,

    /// <summary>It failed, or another writer has it.</summary>
    Failed = 2,
}
