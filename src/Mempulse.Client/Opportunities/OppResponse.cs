using Mempulse.Client.Bundles;

namespace Mempulse.Client.Opportunities;

/// <summary>One opportunity: what it is, why it ranks where it does, and the evidence for it.</summary>
public sealed record OppResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The position up to which the log was read.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The opportunity; null once it is final and forgotten, when the evidence alone tells of it.</summary>
    public OppPart? Opportunity { get; init; }

    /// <summary>What it is and how far it can be relied on, in sentences.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }

    /// <summary>Its events, in the order of the log.</summary>
    public required IReadOnlyList<OppEvidencePart> Evidence { get; init; }

    /// <summary>The last bundles that were made of it as their best opportunity, in the order of the log, at most 16.</summary>
    public required IReadOnlyList<BundleLinkPart> Bundles { get; init; }

    /// <summary>True when it has more events than one answer holds; the newest are missing.</summary>
    public required bool Truncated { get; init; }
}
