using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Consecutive records of one epoch, copied from consecutive offers.</summary>
internal sealed class OfferRun
{
    /// <summary>A run accepts no further offers beyond this size: it is applied in one slice, and queries wait for the slice to end.</summary>
    public const int MaxBytes = 256 << 10;

    private readonly ByteBuffer _records = new(16 << 10);
    private Epoch _epoch;
    private GlobalSeq _watermark;

    public GlobalSeq First { get; private set; }

    public int Count { get; private set; }

    public GlobalSeq Last => First.Plus((ulong)Count - 1);

    public int SizeBytes => _records.Length;

    public void Begin(SequencedBatch offer)
    {
        _records.Clear();
        (_epoch, _watermark, First, Count) = (offer.Epoch, offer.Watermark, offer.First, offer.Count);
        _records.Append(offer.Records.Span);
    }

    public bool TryAppend(SequencedBatch offer)
    {
        if (offer.Epoch != _epoch || offer.First != Last.Next || SizeBytes + offer.Records.Length > MaxBytes)
        {
            return false;
        }

        _records.Append(offer.Records.Span);
        Count += offer.Count;
        _watermark = offer.Watermark > _watermark ? offer.Watermark : _watermark;
        return true;
    }

    public SequencedBatch ToBatch() => new(_epoch, First, Count, _watermark, _records.WrittenMemory);
}
