using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>The tips of the transactions in the newest blocks whose bodies are known.</summary>
internal sealed class IncludedTips
{
    private IncludedTips()
    {
    }

    /// <summary>The blocks that have one, the newest first.</summary>
    public required IReadOnlyList<SeenBlock> Blocks { get; init; }

    /// <summary>Number of tips.</summary>
    public int Count { get; private init; }

    /// <summary>Number of transactions in these blocks, with known tips or without.</summary>
    public int Size { get; private init; }

    /// <summary>The lowest tip per gas, in wei.</summary>
    public UInt256 Lowest { get; private init; }

    /// <summary>The transaction that paid it; null without any.</summary>
    public Hash256? Cheapest { get; private init; }

    /// <summary>All tips, in wei per gas.</summary>
    public required IReadOnlyList<UInt256> Tips { get; init; }

    /// <summary>Collects the tips.</summary>
    public static IncludedTips Of(TxCase tx)
    {
        var blocks = new List<SeenBlock>();
        var paid = new List<(UInt256 Tip, Hash256 Hash)>();
        int size = 0;
        foreach (var bids in tx.Standing.Bids)
        {
            if (bids.Bids.Count > 0 && BlockWalk.Find(tx.Log, bids.Block) is { } block)
            {
                blocks.Add(block);
                size += bids.Size;
                paid.AddRange(bids.Bids.Select(bid => (bid.TipOver(block.BaseFee), bid.Hash)));
            }
        }

        var (lowest, cheapest) = paid.Count == 0 ? default : paid.MinBy(static bid => bid.Tip);
        return new IncludedTips
        {
            Blocks = blocks,
            Count = paid.Count,
            Size = size,
            Lowest = lowest,
            Cheapest = paid.Count == 0 ? null : cheapest,
            Tips = [.. paid.Select(static bid => bid.Tip)],
        };
    }

    /// <summary>Number of included transactions that paid less than a tip.</summary>
    public int CountBelow(UInt256 tip) => Tips.Count(paid => paid < tip);
}
