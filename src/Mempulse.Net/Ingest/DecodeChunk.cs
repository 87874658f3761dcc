using Mempulse.Net.Decoding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Ingest;

/// <summary>Consecutive items on their way through one worker, with the records it made of them.</summary>
/// <remarks>Owned by one thread at a time: queue, worker, recorder; used again and again.</remarks>
internal sealed class DecodeChunk(LaneId lane)
{
    private readonly ByteBuffer _bodies = new(16 << 10);
    private Entry[] _entries = new Entry[64];

    /// <summary>Its place in the order of chunks.</summary>
    public long Number { get; private set; }

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>What the items became, in their order; metadata is provisional but for source and time.</summary>
    public EventBatch Records { get; } = new(lane);

    /// <summary>Empties the chunk and gives it its place.</summary>
    public void Begin(long number)
    {
        Number = number;
        Array.Clear(_entries, 0, Count);
        Count = 0;
        _bodies.Clear();
        Records.Clear();
    }

    /// <summary>Adds an item and a copy of its body.</summary>
    public void Add(in IngestItem item, ReadOnlySpan<byte> raw)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count++] = new Entry { Item = item, BodyOffset = _bodies.Length, BodyLength = raw.Length };
        _bodies.Append(raw);
    }

    /// <summary>An item and what became of it.</summary>
    public ref Entry this[int index] => ref _entries.AsSpan(0, Count)[index];

    /// <summary>The body of an item.</summary>
    public ReadOnlySpan<byte> BodyOf(in Entry entry) => _bodies.WrittenSpan.Slice(entry.BodyOffset, entry.BodyLength);

    /// <summary>An item and what became of it.</summary>
    internal struct Entry
    {
        /// <summary>The item, without its body.</summary>
        public IngestItem Item;

        /// <summary>Start of its body.</summary>
        public int BodyOffset;

        /// <summary>Length of its body.</summary>
        public int BodyLength;

        /// <summary>What the decoder said of a body.</summary>
        public BodyOutcome Outcome;

        /// <summary>True when the next of <see cref="Records"/> is this item's.</summary>
        public bool HasRecord;
    }
}
