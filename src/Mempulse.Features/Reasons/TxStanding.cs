using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>What the fold knows about a transaction and its surroundings at one position: a copy that outlives the next record.</summary>
public sealed record TxStanding
{
    /// <summary>Maximum number of the sender's earlier transactions listed.</summary>
    public const int MaxEarlier = 16;

    /// <summary>Number of newest blocks whose bids are listed.</summary>
    public const int BidBlocks = 8;

    /// <summary>The transaction.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The position.</summary>
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The time of the latest observation.</summary>
    public required UnixNanoseconds Now { get; init; }

    /// <summary>The parameters of the fold.</summary>
    public required FoldParameters Parameters { get; init; }

    /// <summary>The canonical head; null while none is known.</summary>
    public required ChainHead? Head { get; init; }

    /// <summary>The chains that were left beyond finality.</summary>
    public required IReadOnlyList<AbandonedChain> Abandoned { get; init; }

    /// <summary>Its state; Unknown when the fold does not remember it.</summary>
    public required TxState State { get; init; }

    /// <summary>The transaction as the fold holds it; null when it does not.</summary>
    public required PoolTx? Tx { get; init; }

    /// <summary>The transaction that replaced it, as the fold holds it; null when it does not.</summary>
    public required PoolTx? Rival { get; init; }

    /// <summary>Its sender's account; null when the fold does not hold it.</summary>
    public required PoolAccount? Account { get; init; }

    /// <summary>The sender's transactions that must run before it, in the order of their nonces; the last <see cref="MaxEarlier"/>.</summary>
    public required IReadOnlyList<PoolTx> Earlier { get; init; }

    /// <summary>True when there are more of them than are listed.</summary>
    public required bool HasMoreEarlier { get; init; }

    /// <summary>What the transactions of the newest blocks bid, the newest block first.</summary>
    public required IReadOnlyList<BlockBids> Bids { get; init; }

    /// <summary>The sources, each in each lane that it feeds.</summary>
    public required IReadOnlyList<SeenSource> Sources { get; init; }

    /// <summary>The gaps since the transaction appeared; all of them when the fold does not hold it.</summary>
    public required GapReport Gaps { get; init; }

    /// <summary>From when on something was observed and its gaps are known; the time of the latest observation if nothing ever was.</summary>
    public UnixNanoseconds ObservedSince
    {
        get
        {
            var first = Sources.Where(static observer => observer.FirstConnectedAt is not null).Select(static observer => observer.FirstConnectedAt!.Value).DefaultIfEmpty(Now).Min();
            return first > Gaps.CompleteSince ? first : Gaps.CompleteSince;
        }
    }

    /// <summary>Takes the standing of a transaction from an engine, between two records.</summary>
    public static TxStanding Of(ReplayEngine engine, in Hash256 hash)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var pool = engine.Pool;
        pool.TryGetTx(hash, out var tx);
        var now = engine.Observations.LastObservedAt;
        var earlier = Earliers(pool, hash, out bool hasMore);
        return new TxStanding
        {
            Hash = hash,
            Chain = pool.Chain,
            AsOf = engine.Applied,
            Now = now,
            Parameters = pool.Parameters,
            Head = pool.Head,
            Abandoned = pool.Abandoned,
            State = pool.StateOf(hash),
            Tx = tx,
            Rival = tx?.ReplacedBy is { } by && pool.TryGetTx(by, out var rival) ? rival : null,
            Account = tx?.Sender is { } sender && pool.TryGetSender(sender, out var account) ? account : null,
            Earlier = earlier,
            HasMoreEarlier = hasMore,
            Bids = BidsOf(pool),
            Sources = [.. engine.Observations.Observers().Select(static seen => new SeenSource(seen.Source, seen.Name, seen.IsConnected, seen.FirstConnectedAt, seen.Sightings))],
            Gaps = engine.Observations.Gaps(tx?.FirstAt ?? default, now),
        };
    }

    private static List<PoolTx> Earliers(IMempoolView pool, in Hash256 hash, out bool hasMore)
    {
        var found = new Hash256[MaxEarlier];
        int count = pool.Head is { } head ? pool.RunsBefore(hash, head.Number, found) : 0;
        hasMore = count > MaxEarlier;
        var earlier = new List<PoolTx>();
        for (int i = 0; i < Math.Min(count, MaxEarlier); i++)
        {
            if (pool.TryGetTx(found[i], out var tx))
            {
                earlier.Add(tx);
            }
        }

        return earlier;
    }

    private static List<BlockBids> BidsOf(IMempoolView pool)
    {
        var blocks = pool.CanonicalBlocks();
        var bids = new List<BlockBids>();
        for (int i = blocks.Count - 1; i >= 0 && bids.Count < BidBlocks; i--)
        {
            var hashes = pool.TransactionsIn(blocks[i].Number);
            var known = new List<IncludedBid>(hashes.Count);
            foreach (var hash in hashes)
            {
                if (pool.TryGetTx(hash, out var tx) && tx.Body is { } body)
                {
                    known.Add(new IncludedBid(hash, body.MaxFeePerGas, body.MaxPriorityFeePerGas));
                }
            }

            bids.Add(new BlockBids(blocks[i].Hash, blocks[i].Number, hashes.Count, known));
        }

        return bids;
    }
}
