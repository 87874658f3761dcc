namespace Mempulse.Client.Audits;

/// <summary>A block held against the pool.</summary>
public sealed record AuditResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The height of the block.</summary>
    public required ulong Number { get; init; }

    /// <summary>The block.</summary>
    public required string Hash { get; init; }

    /// <summary>The block before it.</summary>
    public required string ParentHash { get; init; }

    /// <summary>False once it left the chain.</summary>
    public required bool Canonical { get; init; }

    /// <summary>The event of the block.</summary>
    public required ulong Seq { get; init; }

    /// <summary>The event with which it left the chain; null while it is canonical.</summary>
    public ulong? UndoneSeq { get; init; }

    /// <summary>Other blocks of this height.</summary>
    public required IReadOnlyList<SiblingPart> Siblings { get; init; }

    /// <summary>The account that earns its fees.</summary>
    public required string FeeRecipient { get; init; }

    /// <summary>Its base fee per gas, in wei.</summary>
    public required string BaseFee { get; init; }

    /// <summary>Gas that it used.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Gas that it could use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>When its slot began.</summary>
    public required string SlotAt { get; init; }

    /// <summary>False when its timestamp does not fit its arrival, which then stands for the slot's start.</summary>
    public required bool SlotTimeKnown { get; init; }

    /// <summary>When it arrived.</summary>
    public required string ArrivedAt { get; init; }

    /// <summary>The margin of fresh and unseen.</summary>
    public required MarginPart Margin { get; init; }

    /// <summary>How long before the slot every live source must have had a missing transaction, in microseconds.</summary>
    public required ulong WindowMicros { get; init; }

    /// <summary>The sources that were live.</summary>
    public required IReadOnlyList<AuditSourcePart> Sources { get; init; }

    /// <summary>The gaps that overlap the window, the newest ones if there are more than 16.</summary>
    public required IReadOnlyList<AuditGapPart> Gaps { get; init; }

    /// <summary>The least tip of the block's public transactions, in wei, the lowest tenth left out; null with too few of them.</summary>
    public string? MarginalTip { get; init; }

    /// <summary>Number of transactions by class.</summary>
    public required AuditCountsPart Counts { get; init; }

    /// <summary>The waiting transactions that were not expected, by reason.</summary>
    public required NotExpectedPart NotExpected { get; init; }

    /// <summary>Number of transactions of the classes that were asked for, on all pages.</summary>
    public required int Matching { get; init; }

    /// <summary>The transactions of this page: those of the block in its order, then the absent ones in the expected order.</summary>
    public required IReadOnlyList<AuditTxPart> Transactions { get; init; }

    /// <summary>The cursor of the next page; null for the last one.</summary>
    public string? Next { get; init; }
}
