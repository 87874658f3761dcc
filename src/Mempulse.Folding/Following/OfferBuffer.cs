using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Pending offers, copied into runs that are ordered by position and bounded in bytes. Guarded by the follower's lock.</summary>
/// <remarks>An offer that continues the newest run is appended to it, so many small commits are delivered at once. Runs are reused.</remarks>
internal sealed class OfferBuffer(int capacityBytes)
{
    private readonly List<OfferRun> _runs = [];
    private readonly Stack<OfferRun> _spare = new();
    private OfferRun? _taken;
    private int _sizeBytes;

    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Copies an offer. Of two offers with the same first record, the longer one is kept.</summary>
    /// <returns>False when the buffer is full; the log has the records.</returns>
    public bool TryAdd(SequencedBatch offer)
    {
        if (_sizeBytes + offer.Records.Length > capacityBytes)
        {
            return false;
        }

        if (_runs.Count > 0 && _runs[^1].TryAppend(offer))
        {
            _sizeBytes += offer.Records.Length;
            return true;
        }

        int index = IndexFrom(offer.First);
        if (index < _runs.Count && _runs[index].First == offer.First)
        {
            if (_runs[index].Count >= offer.Count)
            {
                return true;
            }

            Recycle(index);
        }

        var run = _spare.Count > 0 ? _spare.Pop() : new OfferRun();
        run.Begin(offer);
        _runs.Insert(index, run);
        _sizeBytes += offer.Records.Length;
        return true;
    }

    /// <summary>Drops the runs that end at or before <paramref name="last"/>.</summary>
    /// <returns>The number of runs dropped.</returns>
    public int DropThrough(GlobalSeq last)
    {
        int dropped = 0;
        while (_runs.Count > 0 && _runs[0].Last <= last)
        {
            Recycle(0);
            dropped++;
        }

        return dropped;
    }

    /// <summary>Takes the first run if it holds the record at <paramref name="next"/>.</summary>
    /// <remarks>Call <see cref="ReturnTaken"/> before the next take; until then the batch's memory is valid.</remarks>
    public bool TryTake(GlobalSeq next, [NotNullWhen(true)] out SequencedBatch? batch)
    {
        batch = null;
        if (_runs.Count > 0 && _runs[0].First <= next)
        {
            _taken = _runs[0];
            _runs.RemoveAt(0);
            batch = _taken.ToBatch();
        }

        return batch is not null;
    }

    /// <summary>Returns the memory of the run taken last.</summary>
    public void ReturnTaken()
    {
        if (_taken is { } taken)
        {
            _taken = null;
            _sizeBytes -= taken.SizeBytes;
            _spare.Push(taken);
        }
    }

    private int IndexFrom(GlobalSeq first)
    {
        int index = _runs.Count;
        while (index > 0 && _runs[index - 1].First >= first)
        {
            index--;
        }

        return index;
    }

    private void Recycle(int index)
    {
        _sizeBytes -= _runs[index].SizeBytes;
        _spare.Push(_runs[index]);
        _runs.RemoveAt(index);
    }
}
