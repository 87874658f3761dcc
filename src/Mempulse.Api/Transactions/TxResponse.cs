using Mempulse.Api.Observations;

namespace Mempulse.Api.Transactions;

/// <summary>One transaction: where it stands and how it came there.</summary>
public sealed record TxResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when arrival times of a source that showed it were made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The transaction.</summary>
    public required string Hash { get; init; }

    /// <summary>Where it stands: Seen, Pending, Queued, Included, Confirmed, Replaced or Expired.</summary>
    public required string Status { get; init; }

    /// <summary>The position up to which the log was read: the answer is what the transaction's records up to there say.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Its body; null while only its hash was seen.</summary>
    public TxBodyPart? Body { get; init; }

    /// <summary>The first sighting of each source and its count, in order of arrival.</summary>
    public required IReadOnlyList<SightingPart> Sightings { get; init; }

    /// <summary>Its life, each step with its event.</summary>
    public required IReadOnlyList<StepPart> Lifecycle { get; init; }

    /// <summary>The transaction that took its place; the zero hash when that transaction is not known.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The transaction whose place it took.</summary>
    public string? Replaces { get; init; }

    /// <summary>The canonical block that includes it.</summary>
    public InclusionPart? Inclusion { get; init; }

    /// <summary>How it spread, and which sources were blind when it came up; null when it was not observed recently.</summary>
    public SpreadPart? Spread { get; init; }

    /// <summary>True when it has more records, sources or steps than one answer holds; the newest are missing.</summary>
    public required bool Truncated { get; init; }
}
