namespace Mempulse.Primitives.Events;

/// <summary>Whether the base block of a simulation is in the canonical chain. The numbers are on disk.</summary>
public enum SimBaseStanding
{
    /// <summary>No block at its height is known yet.</summary>
    Unknown = 0,

    /// <summary>The base block is canonical.</summary>
    Canonical = 1,

    /// <summary>The chain has another block at its height, or was rolled back below it.</summary>
    Left = 2,
}
