using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>A transaction's records, from which its history is built, and what the fold adds.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-records")]
public sealed record TxRecords
{
    /// <summary>The transaction's records in log order, at least one.</summary>
    [Id(0)]
    public required IReadOnlyList<SequencedRecord> Records { get; init; }

    /// <summary>The position up to which the log was read.</summary>
    [Id(1)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>True when the log has more of its records past <see cref="AsOf"/> than one answer can hold.</summary>
    [Id(2)]
    public required bool IsTruncated { get; init; }

    /// <summary>What the fold adds.</summary>
    [Id(3)]
    public required FoldedTx Folded { get; init; }
}
