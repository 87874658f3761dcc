using Mempulse.Features.Scoring;

namespace Mempulse.Features.Opportunities;

/// <summary>What the opportunities of a chain may cost.</summary>
internal sealed record OppBounds
{
    /// <summary>The bounds of the rules.</summary>
    public static OppBounds Default { get; } = new();

    /// <summary>Pending transactions that are followed.</summary>
    public int Triggers { get; init; } = 16_384;

    /// <summary>Bytes of their calldata.</summary>
    public long TriggerBytes { get; init; } = 32 << 20;

    /// <summary>Opportunities that hold.</summary>
    public int Open { get; init; } = 4_096;

    /// <summary>Opportunities that no longer hold; beyond it the one that was closed first is forgotten.</summary>
    public int Closed { get; init; } = 8_192;

    /// <summary>Opportunities of one strategy in one transaction; those of the highest ranks are kept.</summary>
    public int OfOneStrategy { get; init; } = 4;

    /// <summary>Pending transactions that one fact makes the strategies look at again.</summary>
    public int LooksOfOneFact { get; init; } = 256;

    /// <summary>Those of them that report to a price feed: each has every borrower of a market looked at.</summary>
    public int ReportsOfOneFact { get; init; } = 16;

    /// <summary>Transactions of a trigger's sender before it that are applied and simulated with it.</summary>
    public int Before { get; init; } = 8;

    /// <summary>Advice that a block hands on to simulation.</summary>
    public HandOnBudget Advice { get; init; } = HandOnBudget.Advice;

    /// <summary>Blocks on its base after which an opportunity expires.</summary>
    public ulong AgeBlocks { get; init; } = 25;
}
