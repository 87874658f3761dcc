namespace Mempulse.Features.Opportunities;

/// <summary>Which opportunities are asked for.</summary>
public sealed record OpportunityQuery
{
    /// <summary>Opportunities in an answer, at most.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>Only those of a status; null for all.</summary>
    public OppStatus? Status { get; init; }

    /// <summary>Only those of a strategy; null for all.</summary>
    public string? Strategy { get; init; }

    /// <summary>Only those with this score or more; null for all.</summary>
    public long? MinScore { get; init; }

    /// <summary>How many, from the first rank on.</summary>
    public int Limit { get; init; } = MaxLimit;
}
