using Mempulse.Primitives;

namespace Mempulse.Builder.Refusals;

/// <summary>What a bundle is held against. Read once; a check has no other input.</summary>
public sealed record PreflightFacts
{
    /// <summary>The newest block.</summary>
    public required BlockNumber Head { get; init; }

    /// <summary>The time in seconds since 1970.</summary>
    public required ulong NowSeconds { get; init; }

    /// <summary>The highest base fee that the target block can have.</summary>
    public required Wei BaseFee { get; init; }

    /// <summary>The last bundle under each UUID, for this builder.</summary>
    public IReadOnlyDictionary<string, UuidUse> Uuids { get; init; } = new Dictionary<string, UuidUse>(StringComparer.Ordinal);
}
