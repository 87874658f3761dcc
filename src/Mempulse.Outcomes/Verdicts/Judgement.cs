using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>What a rule says about a bundle.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Strength">How far it can be relied on.</param>
/// <param name="Need">What would make it stronger.</param>
internal sealed record Judgement(BundleVerdict Verdict, EvidenceStrength Strength, OutcomeNeed Need)
{
    /// <summary>The block that decided; null for none.</summary>
    public Hash256? Block { get; init; }

    /// <summary>The place in it of the bundle's first transaction.</summary>
    public int? Index { get; init; }

    /// <summary>The transaction that took its place or used its nonce.</summary>
    public Hash256? By { get; init; }

    /// <summary>What it gained; null if that is not known.</summary>
    public WeiDelta? Realised { get; init; }

    /// <summary>The relay that refused it; empty for none or several.</summary>
    public string Relay { get; init; } = string.Empty;
}
