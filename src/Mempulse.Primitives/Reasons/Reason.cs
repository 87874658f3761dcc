using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Reasons;

/// <summary>One reason of an answer: a verdict, what it rests on, and how far it can be relied on.</summary>
/// <param name="Verdict">The verdict in one word, with underscores.</param>
/// <param name="Strength">How far it can be relied on.</param>
/// <param name="Sentence">The verdict in plain English: one sentence or a few.</param>
public sealed record Reason(string Verdict, EvidenceStrength Strength, string Sentence)
{
    /// <summary>Maximum number of positions that a reason lists.</summary>
    public const int MaxEvidence = 32;

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<Quantity> Numbers { get; init; } = [];

    /// <summary>The records that it rests on, in ascending order, at most <see cref="MaxEvidence"/>.</summary>
    public IReadOnlyList<GlobalSeq> Evidence { get; init; } = [];

    /// <summary>Number of records that it rests on, listed or not.</summary>
    public int EvidenceCount { get; init; }

    /// <summary>What would decide it; null for a reason that is decided.</summary>
    public string? WouldDecide { get; init; }

    /// <summary>The same reason with the records that it rests on. Positions of nothing are left out.</summary>
    public Reason RestingOn(params IEnumerable<GlobalSeq> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        GlobalSeq[] all = [.. records.Where(static seq => seq != GlobalSeq.None).Distinct().Order()];
        return this with { Evidence = all.Length > MaxEvidence ? all[..MaxEvidence] : all, EvidenceCount = all.Length };
    }
}
