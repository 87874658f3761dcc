using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Publishing;

/// <summary>Packs committed records into stream items: combines small commits and splits large ones. Confined to the publisher's loop.</summary>
internal sealed class ItemPacker
{
    /// <summary>Bytes around a record: its length and its CRC, a u32 each (docs/formats/record.md).</summary>
    private const int Overhead = 8;

    private readonly ByteBuffer _records = new(PublisherOptions.MaxItemBytes);
    private Epoch _epoch;
    private GlobalSeq _first;
    private GlobalSeq _watermark;
    private int _count;

    /// <summary>Adds a commit and passes each full item to <paramref name="full"/> in order.</summary>
    public void Add(SequencedBatch commit, Action<LogNotice> full)
    {
        int offset = 0;
        foreach (var record in commit)
        {
            int size = record.Bytes.Length + Overhead;
            if (_count > 0 && !Fits(commit.Epoch, record.Seq, size))
            {
                full(Take());
            }

            _epoch = commit.Epoch;
            _first = _count == 0 ? record.Seq : _first;
            _watermark = commit.Watermark;
            _records.Append(commit.Records.Span.Slice(offset, size));
            _count++;
            offset += size;
        }
    }

    /// <summary>Takes the unfinished item, or returns null if every item is finished.</summary>
    public LogNotice? TakeRest() => _count == 0 ? null : Take();

    private bool Fits(Epoch epoch, GlobalSeq seq, int size) =>
        epoch == _epoch
        && seq == _first.Plus((ulong)_count) // after a drop the next commit is not consecutive
        && _count < PublisherOptions.MaxItemEvents
        && _records.Length + size <= PublisherOptions.MaxItemBytes;

    private LogNotice Take()
    {
        var item = new LogNotice(_epoch, _watermark, new SequencedBatch(_epoch, _first, _count, _watermark, _records.WrittenMemory.ToArray()));
        Invariant.That(item.Batch!.Last <= _watermark, "INV-83", "nothing past the watermark is published");
        _records.Clear();
        _count = 0;
        return item;
    }
}
