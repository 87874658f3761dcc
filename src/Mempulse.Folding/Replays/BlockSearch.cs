using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Replays;

/// <summary>Finds the record of a block in a log: by its hash in the index of keys, and by its height by halving, because heights rise along the log but for reorgs.</summary>
internal sealed class BlockSearch(ILogReader reader, CancellationToken stop)
{
    private const int MaxRecordsOfBlock = 256;

    /// <summary>The record of a block, or the heights around it.</summary>
    internal readonly record struct Place(GlobalSeq Seq, BlockNumber? Before, BlockNumber? After);

    /// <summary>Finds the first record of a block.</summary>
    public Place Find(Hash256 block)
    {
        foreach (var seq in reader.Find(EventKey.Block(block), GlobalSeq.None, MaxRecordsOfBlock))
        {
            if (seq >= reader.Oldest && NumberAt(seq) is not null)
            {
                return new Place(seq, null, null);
            }
        }

        return default;
    }

    /// <summary>Finds the first record of a block at a height.</summary>
    public Place Find(BlockNumber number)
    {
        var (low, high) = (reader.Oldest.Value, reader.Watermark.Value + 1);
        BlockNumber? before = null;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            if (Next(middle, high) is not var (seq, found) || found >= number)
            {
                high = middle;
            }
            else
            {
                (low, before) = (seq.Value + 1, found);
            }
        }

        return Next(low, reader.Watermark.Value + 1) is not var (at, first) ? new Place(GlobalSeq.None, before, null)
            : first == number ? new Place(at, null, null)
            : new Place(GlobalSeq.None, before, first);
    }

    /// <summary>The first block from one position to before another.</summary>
    private (GlobalSeq Seq, BlockNumber Number)? Next(ulong from, ulong end)
    {
        if (from >= end)
        {
            return null;
        }

        using var scan = reader.Scan(new GlobalSeq(from));
        while (scan.MoveNext())
        {
            stop.ThrowIfCancellationRequested();
            foreach (var record in scan.Current!)
            {
                if (record.Seq.Value >= end)
                {
                    return null;
                }

                if (record.Seq.Value >= from && record.Kind == LogEvent.BlockObserved.KindNumber && LogEvent.Decode(record) is LogEvent.BlockObserved block)
                {
                    return (record.Seq, block.Number);
                }
            }
        }

        return null;
    }

    private BlockNumber? NumberAt(GlobalSeq seq)
    {
        foreach (var record in reader.Read(seq, maxBytes: 1)!)
        {
            return record.Kind == LogEvent.BlockObserved.KindNumber && LogEvent.Decode(record) is LogEvent.BlockObserved block ? block.Number : null;
        }

        return null;
    }
}
