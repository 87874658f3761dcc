namespace Mempulse.Observability;

/// <summary>A fold at one moment.</summary>
public sealed record FoldReading
{
    /// <summary>The last applied position.</summary>
    public required ulong Applied { get; init; }

    /// <summary>Durable events not yet applied.</summary>
    public required ulong LagEvents { get; init; }

    /// <summary>Transactions by state, the state in lower case.</summary>
    public required IReadOnlyList<(string State, long Txs)> TxsByState { get; init; }

    /// <summary>Logged derived events that differ from what the fold derives.</summary>
    public required long Divergences { get; init; }

    /// <summary>Chains that were left beyond finality.</summary>
    public required long AbandonedChains { get; init; }

    /// <summary>Decoded trades of included transactions by verdict.</summary>
    public required IReadOnlyList<(string Verdict, long Count)> Grades { get; init; }

    /// <summary>Functions whose decoded amounts the logs contradict too often.</summary>
    public required int DriftingDecoders { get; init; }

    /// <summary>Pools of the book, by what is known of them: held, or wanted.</summary>
    public required IReadOnlyList<(string Standing, long Pools)> Pools { get; init; }

    /// <summary>What the book of pools left out since the log began, by kind.</summary>
    public required IReadOnlyList<(string Kind, long Count)> BookLeftOut { get; init; }

    /// <summary>Tokens whose pools are left out, since their own events are not to be relied on.</summary>
    public required int InexactTokens { get; init; }

    /// <summary>Borrowers of lending markets, by what is known of them: held, or wanted.</summary>
    public required IReadOnlyList<(string Standing, long Borrowers)> Borrowers { get; init; }

    /// <summary>Opportunities that the fold holds: open, or closed.</summary>
    public required IReadOnlyList<(string Status, long Count)> Opportunities { get; init; }

    /// <summary>What became of opportunities since the log began: detected, handed on to simulation, or left out by a bound.</summary>
    public required IReadOnlyList<(string Fate, long Count)> OpportunityFates { get; init; }

    /// <summary>Transactions of the blocks of the last ten minutes that arrived while a source of a lane was connected, by lane.</summary>
    public required IReadOnlyList<(string Lane, long Txs)> Coverable { get; init; }

    /// <summary>Of these, the ones that the lane had announced before, by lane.</summary>
    public required IReadOnlyList<(string Lane, long Txs)> Covered { get; init; }

    /// <summary>Events the follower delivered.</summary>
    public required long FollowedEvents { get; init; }

    /// <summary>Events the follower delivered from offers.</summary>
    public required long StreamedEvents { get; init; }

    /// <summary>What the follower repaired, by kind.</summary>
    public required IReadOnlyList<(string Kind, long Count)> Incidents { get; init; }
}
