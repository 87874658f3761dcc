using System.Diagnostics;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Listing;

namespace Mempulse.Features.Listing;

/// <summary>The place of a transaction in a sorted list: by a number, those without it last, and by hash where numbers are equal.</summary>
/// <param name="Value">The number; null where it is not known.</param>
/// <param name="Hash">The transaction.</param>
public readonly record struct ListKey(UInt256? Value, Hash256 Hash)
{
    /// <summary>The key of a row.</summary>
    public static ListKey Of(ListedTx tx, TxSort sort, FeeOutlook? fees)
    {
        ArgumentNullException.ThrowIfNull(tx);
        return new ListKey(NumberOf(tx, sort, fees), tx.Hash);
    }

    /// <summary>True if this place comes before another one.</summary>
    public bool IsBefore(in ListKey other, SortOrder order) =>
        Value is null != other.Value is null ? Value is not null
        : Value is { } one && other.Value is { } two && one != two ? (order == SortOrder.Descending ? one > two : one < two)
        : Hash < other.Hash;

    private static UInt256? NumberOf(ListedTx tx, TxSort sort, FeeOutlook? fees) => sort switch
    {
        TxSort.Score => tx.Score is { } score ? FromSigned(score) : null,
        TxSort.Age => FromSigned(tx.FirstAt.Value),
        TxSort.Tip => tx.PriceAt(fees)?.Value,
        TxSort.MaxFee => tx.Body?.MaxFeePerGas.Value,
        TxSort.Nonce => tx.Nonce?.Value,
        TxSort.HeardBy => (ulong)tx.HeardBy.Count,
        _ => throw new UnreachableException(),
    };

    /// <summary>In the order of signed numbers.</summary>
    private static UInt256 FromSigned(long value) => unchecked((ulong)value ^ (1UL << 63)); // the sign bit alone is turned
}
