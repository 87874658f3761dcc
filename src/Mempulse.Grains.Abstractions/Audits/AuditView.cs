using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A block held against the pool.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.audit-view")]
public sealed record AuditView
{
    /// <summary>The block.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>Its height.</summary>
    [Id(1)]
    public required BlockNumber Number { get; init; }

    /// <summary>The block before it.</summary>
    [Id(2)]
    public required Hash256 Parent { get; init; }

    /// <summary>The account that earns its fees.</summary>
    [Id(3)]
    public required Address FeeRecipient { get; init; }

    /// <summary>Its base fee per gas.</summary>
    [Id(4)]
    public required Wei BaseFee { get; init; }

    /// <summary>Gas that it used.</summary>
    [Id(5)]
    public required Gas GasUsed { get; init; }

    /// <summary>Gas that it could use.</summary>
    [Id(6)]
    public required Gas GasLimit { get; init; }

    /// <summary>The record of the block.</summary>
    [Id(7)]
    public required GlobalSeq SeenIn { get; init; }

    /// <summary>The record with which it left the chain; none while it is canonical.</summary>
    [Id(8)]
    public required GlobalSeq UndoneIn { get; init; }

    /// <summary>When it arrived.</summary>
    [Id(9)]
    public required UnixNanoseconds ArrivedAt { get; init; }

    /// <summary>When its slot began; the time of arrival if its timestamp does not fit.</summary>
    [Id(10)]
    public required UnixNanoseconds SlotAt { get; init; }

    /// <summary>True when the slot's start is the block's timestamp.</summary>
    [Id(11)]
    public required bool HasSlotTime { get; init; }

    /// <summary>The margin of fresh and unseen, in microseconds: the 99th percentile of the delays between sources in the hour before.</summary>
    [Id(12)]
    public required ulong MarginMicros { get; init; }

    /// <summary>Number of delays that it was measured from.</summary>
    [Id(13)]
    public required ulong MarginSamples { get; init; }

    /// <summary>True when there were too few of them, and the margin is the default.</summary>
    [Id(14)]
    public required bool IsMarginDefault { get; init; }

    /// <summary>How long before the slot every live source must have had a missing transaction, in microseconds.</summary>
    [Id(15)]
    public required ulong WindowMicros { get; init; }

    /// <summary>The sources that were live.</summary>
    [Id(16)]
    public required IReadOnlyList<AuditSourceView> Sources { get; init; }

    /// <summary>The gaps that overlap the window, the newest ones if there are more than 16.</summary>
    [Id(17)]
    public required IReadOnlyList<AuditGapView> Gaps { get; init; }

    /// <summary>The waiting ones that were not expected.</summary>
    [Id(18)]
    public required AuditLeftOut NotExpected { get; init; }

    /// <summary>The least tip of the block's public transactions, the lowest tenth left out; null with too few of them.</summary>
    [Id(19)]
    public required Wei? MarginalTip { get; init; }

    /// <summary>Number of transactions by class and strength.</summary>
    [Id(20)]
    public required IReadOnlyList<AuditCount> Counts { get; init; }

    /// <summary>Number of transactions of the classes that were asked for.</summary>
    [Id(21)]
    public required int Matching { get; init; }

    /// <summary>The transactions asked for: those of the block by index, then the absent ones by rank.</summary>
    [Id(22)]
    public required IReadOnlyList<AuditTx> Transactions { get; init; }
}
