using Mempulse.Client.Observations;
using Mempulse.Client.Opportunities;
using Mempulse.Client.Ranking;
using Mempulse.Client.Text;

namespace Mempulse.Client.Transactions;

/// <summary>A transaction: its status and its history.</summary>
public sealed record TxResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when a source that reported it has synthetic arrival times.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The transaction.</summary>
    public required string Hash { get; init; }

    /// <summary>Its status: Seen, Pending, Queued, Left (no source whose pool is checked still has it), Included, Confirmed, Replaced or Expired.</summary>
    public required string Status { get; init; }

    /// <summary>The position up to which the log was read: the answer is what the transaction's records up to there say.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>Its body; null while only its hash is known.</summary>
    public TxBodyPart? Body { get; init; }

    /// <summary>The first sighting of each source and its count, in order of arrival.</summary>
    public required IReadOnlyList<SightingPart> Sightings { get; init; }

    /// <summary>Its history, each step with its event.</summary>
    public required IReadOnlyList<StepPart> Lifecycle { get; init; }

    /// <summary>The transaction that replaced it; null if it was not replaced, or a block used its nonce for an unknown transaction.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The transaction that it replaced.</summary>
    public string? Replaces { get; init; }

    /// <summary>The canonical block that includes it.</summary>
    public InclusionPart? Inclusion { get; init; }

    /// <summary>How it spread, and which sources were blind when it first appeared; null when it was not observed recently.</summary>
    public SpreadPart? Spread { get; init; }

    /// <summary>The registry that gave <see cref="Decode"/>: Keccak-256 of its file; null while only its hash is known, or no registry is in force.</summary>
    public string? Registry { get; init; }

    /// <summary>What it does: the tree of calls, trades and effects, as in GET /decode.</summary>
    public RawJson? Decode { get; init; }

    /// <summary>Its risks at the state of the fold; null when its body did not come recently while a registry was in force.</summary>
    public IReadOnlyList<FlagPart>? Flags { get; init; }

    /// <summary>Its score at the state of the fold; null like <see cref="Flags"/>, and if the configured profile gives it none.</summary>
    public ScoredPart? Score { get; init; }

    /// <summary>What strategies found in it, the best first; only while it is pending, or not final yet.</summary>
    public required IReadOnlyList<OppPart> Opportunities { get; init; }

    /// <summary>True when it has more records, sources or steps than one answer holds; the newest are missing.</summary>
    public required bool Truncated { get; init; }
}
