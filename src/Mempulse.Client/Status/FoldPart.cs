namespace Mempulse.Client.Status;

/// <summary>The state of a fold.</summary>
public sealed record FoldPart
{
    /// <summary>Starting, CatchingUp, Following, Stopped or Failed.</summary>
    public required string Phase { get; init; }

    /// <summary>The last applied position.</summary>
    public required ulong AppliedSeq { get; init; }

    /// <summary>Durable events not yet applied.</summary>
    public required ulong LagEvents { get; init; }

    /// <summary>The state digest at <see cref="AppliedSeq"/>.</summary>
    public required string Digest { get; init; }

    /// <summary>The time of the last applied event.</summary>
    public required string EventTime { get; init; }

    /// <summary>The canonical head's height; null before the first block.</summary>
    public ulong? HeadNumber { get; init; }

    /// <summary>The canonical head.</summary>
    public string? HeadHash { get; init; }

    /// <summary>Position of the newest checkpoint; 0 for none.</summary>
    public required ulong CheckpointSeq { get; init; }

    /// <summary>Derived events not yet known to be in the log.</summary>
    public required long DerivedWaiting { get; init; }

    /// <summary>Logged derived events that differ from what the fold derives; anything but 0 is a bug.</summary>
    public required long Divergences { get; init; }

    /// <summary>The registry in force: Keccak-256 of its file; null before the log states one.</summary>
    public string? RegistryHash { get; init; }

    /// <summary>The name of its file.</summary>
    public string? RegistryName { get; init; }

    /// <summary>The position from which it holds.</summary>
    public ulong? RegistrySinceSeq { get; init; }

    /// <summary>Pools that can be quoted.</summary>
    public int PoolsHeld { get; init; }

    /// <summary>Pools that are to be read.</summary>
    public int PoolsWanted { get; init; }

    /// <summary>Of these, pools that the source of state turned out not to have: a recorded state has only what its block touched.</summary>
    public int PoolsUnread { get; init; }

    /// <summary>Readings of pools that came too late or for nothing.</summary>
    public ulong PoolReadingsNotTaken { get; init; }

    /// <summary>Pools that were evicted to make room for others.</summary>
    public ulong PoolsEvicted { get; init; }

    /// <summary>Pairs of tokens that transactions named beyond what one may ask for.</summary>
    public ulong PairsNotAsked { get; init; }

    /// <summary>Tokens whose pools are left out, since their own events are not to be relied on: they take a fee of transfers, or balances fall without one.</summary>
    public int InexactTokens { get; init; }

    /// <summary>The first of them, in ascending order.</summary>
    public IReadOnlyList<string> FirstInexactTokens { get; init; } = [];

    /// <summary>The height of the block whose events the pools have; null while no pool is held.</summary>
    public ulong? PoolsAtNumber { get; init; }

    /// <summary>Lending markets whose state is known.</summary>
    public int MarketsHeld { get; init; }

    /// <summary>Lending markets that are to be read.</summary>
    public int MarketsWanted { get; init; }

    /// <summary>Borrowers whose state is known.</summary>
    public int BorrowersHeld { get; init; }

    /// <summary>Borrowers that are to be read.</summary>
    public int BorrowersWanted { get; init; }

    /// <summary>Borrowers that are no longer watched because others borrowed later.</summary>
    public ulong BorrowersLeft { get; init; }

    /// <summary>Readings of markets and borrowers that came too late or for nothing.</summary>
    public ulong MarketReadingsNotTaken { get; init; }

    /// <summary>The height of the block whose events the markets have; null while no market is held.</summary>
    public ulong? MarketsAtNumber { get; init; }

    /// <summary>Whether bundles are made, signed and sent, in a sentence; empty before the first block.</summary>
    public string Bundles { get; init; } = string.Empty;

    /// <summary>The first divergence in a sentence, or what stopped the fold; empty when there is neither.</summary>
    public required string Detail { get; init; }
}
