namespace Mempulse.Primitives.Events;

/// <summary>Whether the block a simulation stands on is in the canonical chain; the numbers are in the log and do not change.</summary>
public enum SimBaseStanding
{
    /// <summary>No block of its height was seen yet.</summary>
    Unknown = 0,

    /// <summary>It is.</summary>
    Canonical = 1,

    /// <summary>The chain has another block there, or has gone back below it.</summary>
    Left = 2,
}
