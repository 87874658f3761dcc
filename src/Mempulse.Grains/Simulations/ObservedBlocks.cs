using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Simulations;

/// <summary>Finds blocks in a chain's log, and remembers the results and how far it searched, so simulations on one base share a search.</summary>
/// <remarks>
/// Thread-safe. Events that follow from a block have its key too (inclusions, simulations on it), which may be thousands of
/// records. One query reads at most <see cref="MaxPages"/> pages of them, and the next query continues after those.
/// </remarks>
internal sealed class ObservedBlocks(ILogReader log)
{
    /// <summary>The number of blocks remembered; the oldest is evicted first.</summary>
    public const int MaxBlocks = 1_024;

    /// <summary>The maximum number of pages read per query.</summary>
    public const int MaxPages = 16;

    private const int PageBytes = 64 << 10;
    private const int MaxFound = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, (GlobalSeq? At, GlobalSeq LookedUpTo)> _known = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>True when the block was found in the log at or before a position.</summary>
    /// <exception cref="Canon.Format.LogCorruptException">The log is damaged.</exception>
    public bool Has(in Hash256 block, GlobalSeq asOf)
    {
        var (at, lookedUpTo) = Known(block);
        if (at is null && lookedUpTo < asOf)
        {
            (at, lookedUpTo) = Look(block, lookedUpTo);
            Remember(block, (at, lookedUpTo)); // concurrent searches find the same
        }

        return at is { } position && position <= asOf;
    }

    private (GlobalSeq? At, GlobalSeq LookedUpTo) Look(in Hash256 block, GlobalSeq after)
    {
        var key = EventKey.Block(block);
        for (int pages = 0; pages < MaxPages;)
        {
            var upTo = log.Watermark;
            var seqs = log.Find(key, after, MaxFound);
            for (int i = 0; i < seqs.Count && pages < MaxPages; i++)
            {
                // One page covers many of them, because the events of a block are close together.
                if (seqs[i] > after && log.Read(seqs[i], PageBytes) is { } page)
                {
                    pages++;
                    after = page.Last;
                    if (Find(page, block) is { } at)
                    {
                        return (at, after);
                    }
                }
            }

            if (seqs.Count < MaxFound && (seqs.Count == 0 || seqs[^1] <= after))
            {
                return (null, upTo > after ? upTo : after);
            }
        }

        return (null, after);
    }

    private static GlobalSeq? Find(in SequencedBatch page, in Hash256 block)
    {
        foreach (var record in page)
        {
            if (record.Kind == LogEvent.BlockObserved.KindNumber && record.BlockKey == block)
            {
                return record.Seq;
            }
        }

        return null;
    }

    private (GlobalSeq? At, GlobalSeq LookedUpTo) Known(in Hash256 block)
    {
        lock (_gate)
        {
            return _known.TryGetValue(block, out var known) ? known : (null, GlobalSeq.None);
        }
    }

    private void Remember(in Hash256 block, (GlobalSeq? At, GlobalSeq LookedUpTo) found)
    {
        lock (_gate)
        {
            if (_known.TryAdd(block, found))
            {
                _order.Enqueue(block);
                if (_order.Count > MaxBlocks)
                {
                    _known.Remove(_order.Dequeue());
                }
            }
            else if (_known[block].At is null)
            {
                _known[block] = found;
            }
        }
    }
}
