namespace Mempulse.Replay.Entries;

/// <summary>The tags of one derivation's entries; the ranges of the derivations of one engine do not overlap.</summary>
/// <remarks>Tags 0x00 to 0x2f belong to the derivations of this assembly.</remarks>
/// <param name="First">The lowest tag, inclusive.</param>
/// <param name="Last">The highest tag, inclusive.</param>
public readonly record struct TagRange(byte First, byte Last)
{
    /// <summary>True when <paramref name="tag"/> is in the range.</summary>
    public bool Contains(byte tag) => tag >= First && tag <= Last;

    /// <summary>True when the ranges share a tag.</summary>
    public bool Overlaps(TagRange other) => First <= other.Last && other.First <= Last;
}
