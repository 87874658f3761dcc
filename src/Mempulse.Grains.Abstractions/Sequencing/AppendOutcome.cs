namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>Whether a batch is durable. The numbers are part of the wire format.</summary>
public enum AppendOutcome
{
    /// <summary>All records are durable, from this call or an earlier one.</summary>
    Durable = 0,

    /// <summary>The volume is full or cannot be reached; repeat the same batch later.</summary>
    NoRoom = 1,

    /// <summary>The log has failed, or another writer has taken it over; it accepts no appends until it is reopened.</summary>
    Unavailable = 2,
}
