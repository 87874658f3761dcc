namespace Mempulse.Client.Bundles;

/// <summary>One bundle: what it is, what became of it and why, and the events that say so.</summary>
public sealed record BundleResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The position up to which the log was read.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The bundle.</summary>
    public required BundlePart Bundle { get; init; }

    /// <summary>What became of it.</summary>
    public required BundleOutcomePart Outcome { get; init; }

    /// <summary>Its events, in the order of the log: opportunity and simulation first, where the log has them.</summary>
    public required IReadOnlyList<BundleEventPart> Events { get; init; }

    /// <summary>True when it has more events than one answer holds; the newest are missing.</summary>
    public required bool Truncated { get; init; }
}
