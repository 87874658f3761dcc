using Mempulse.Primitives;

namespace Mempulse.Replay.Audits;

/// <summary>A block held against the pool: what was expected, what came, and how far either can be said.</summary>
public sealed record BlockAudit
{
    /// <summary>The block.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Its height.</summary>
    public required BlockNumber Number { get; init; }

    /// <summary>The block before it.</summary>
    public required Hash256 Parent { get; init; }

    /// <summary>The account that earns its fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Its base fee per gas.</summary>
    public required Wei BaseFee { get; init; }

    /// <summary>Gas that it used.</summary>
    public required Gas GasUsed { get; init; }

    /// <summary>Gas that it could use.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>The record of the block.</summary>
    public required GlobalSeq SeenIn { get; init; }

    /// <summary>The record with which it left the chain; none while it is canonical.</summary>
    public required GlobalSeq UndoneIn { get; init; }

    /// <summary>When it arrived.</summary>
    public required UnixNanoseconds ArrivedAt { get; init; }

    /// <summary>When its slot began; the time of arrival if its timestamp does not fit.</summary>
    public required UnixNanoseconds SlotAt { get; init; }

    /// <summary>True when the slot's start is the block's timestamp.</summary>
    public required bool HasSlotTime { get; init; }

    /// <summary>The margin of fresh and unseen, in microseconds: the 99th percentile of the delays between sources in the hour before.</summary>
    public required ulong MarginMicros { get; init; }

    /// <summary>Number of delays that it was measured from.</summary>
    public required ulong MarginSamples { get; init; }

    /// <summary>True when there were too few of them, and the margin is the default.</summary>
    public required bool IsMarginDefault { get; init; }

    /// <summary>How long before the slot every live source must have had a missing transaction, in microseconds.</summary>
    public required ulong WindowMicros { get; init; }

    /// <summary>The sources that were live.</summary>
    public required IReadOnlyList<AuditSource> Sources { get; init; }

    /// <summary>The gaps that overlap the window, the newest ones if there are more than 16.</summary>
    public required IReadOnlyList<AuditGap> Gaps { get; init; }

    /// <summary>Its transactions, in the order of the block.</summary>
    public required IReadOnlyList<TxAudit> Actual { get; init; }

    /// <summary>The transactions that were expected, by tip: the found ones, and those that are absent.</summary>
    public required IReadOnlyList<TxAudit> Expected { get; init; }

    /// <summary>The waiting ones that were not expected.</summary>
    public required AuditCounts NotExpected { get; init; }

    /// <summary>The least tip of the block's public transactions, the lowest tenth left out; null with too few of them.</summary>
    public required Wei? MarginalTip { get; init; }
}
