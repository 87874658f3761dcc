namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>Whether a batch is durable. The number is on the wire.</summary>
public enum AppendOutcome
{
    /// <summary>All records are durable, now or since an earlier call.</summary>
    Durable = 0,

    /// <summary>The log has no room; the same batch can be repeated when there is room again.</summary>
    NoRoom = 1,

    /// <summary>The log failed or another writer has it; nobody here can append before it is opened again.</summary>
    Unavailable = 2,
}
