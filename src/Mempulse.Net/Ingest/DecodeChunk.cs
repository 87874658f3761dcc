using Mempulse.Net.Decoding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Ingest;

/// <summary>Consecutive items that one worker decodes, with the records it creates.</summary>
/// <remarks>Owned by one thread at a time (queue, worker, recorder) and reused.</remarks>
internal sealed class DecodeChunk(LaneId lane)
{
    private readonly ByteBuffer _bodies = new(16 << 10);
    private Entry[] _entries = new Entry[64];

    /// <summary>Its number in the order of chunks.</summary>
    public long Number { get; private set; }

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The records of the items, in order. Except for source and time, their metadata is provisional.</summary>
    public EventBatch Records { get; } = new(lane);

    /// <summary>Empties the chunk and sets its number.</summary>
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

    /// <summary>An item and its outcome.</summary>
    public ref Entry this[int index] => ref _entries.AsSpan(0, Count)[index];

    /// <summary>Returns the body of an item.</summary>
    public ReadOnlySpan<byte> BodyOf(in Entry entry) => _bodies.WrittenSpan.Slice(entry.BodyOffset, entry.BodyLength);

    /// <summary>An item and its outcome.</summary>
    internal struct Entry
    {
        /// <summary>The item, without its body.</summary>
        public IngestItem Item;

        /// <summary>Offset of its body.</summary>
        public int BodyOffset;

        /// <summary>Length of its body.</summary>
        public int BodyLength;

        /// <summary>The decoder's outcome for a body.</summary>
        public BodyOutcome Outcome;

        /// <summary>True if the next of <see cref="Records"/> belongs to this item.</summary>
        public bool HasRecord;
    }
}
