using System.Numerics;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Keys;

/// <summary>Reads the keys of a segment incrementally; callers hold <see cref="Gate"/> while they use it.</summary>
/// <param name="segment">The segment.</param>
/// <param name="memory">An empty list to collect into, given back by <see cref="Retire"/>.</param>
internal sealed class KeyCollector(Segment segment, List<KeyEntry> memory)
{
    private const int SmallestIndex = 1_024;

    private static readonly KeyKind[] Indexed = [KeyKind.Tx, KeyKind.Block, KeyKind.Sender, KeyKind.Opp, KeyKind.Sim, KeyKind.Bundle];

    private List<KeyEntry>? _entries = memory;
    private int _isWanted;
    private int[] _newest = []; // by the hash of a key: the index of its newest entry, plus one
    private int[] _older = []; // by the index of an entry: the next older one of the same hash, plus one
    private int _indexed;
    private FramePosition _position = FrameWalker.StartOf(segment.Header);

    /// <summary>Guards the collector; held by the caller.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The entries read so far; in log order until a key file is written, which sorts them in place.</summary>
    public List<KeyEntry> Entries => _entries ?? throw new InvalidOperationException("Cannot read the collected keys: the key file has replaced the collector.");

    /// <summary>True when the key file has taken the collector's place.</summary>
    public bool IsRetired => _entries is null;

    /// <summary>True the first time that it is called: the key file is to be written once.</summary>
    public bool TryWant() => Interlocked.Exchange(ref _isWanted, 1) == 0;

    /// <summary>The next position to read.</summary>
    public GlobalSeq Next => _position.Next;

    /// <summary>Releases the memory; the collector collects nothing more.</summary>
    public List<KeyEntry> Retire()
    {
        var entries = Entries;
        _entries = null;
        (_newest, _older) = ([], []);
        entries.Clear();
        return entries;
    }

    /// <summary>Reads on to the segment's current end.</summary>
    /// <exception cref="LogCorruptException">The segment is damaged.</exception>
    public void CatchUp(ILogFileSystem files)
    {
        long endBytes = segment.EndBytes;
        if (_position.Offset >= endBytes)
        {
            return;
        }

        using var file = files.Open(segment.Path, FileUse.Read);
        using var walker = new FrameWalker(file, segment.Header, _position, endBytes);
        while (walker.MoveNext() == FrameStep.Frame)
        {
            Collect(walker);
            _position = walker.Position;
        }

        if (_position.Offset != endBytes)
        {
            throw new LogCorruptException(walker.Damage ?? new LogDamage(segment.Path, _position.Offset, $"the frame of seq {_position.Next}", "the end of the segment"));
        }
    }

    /// <summary>Adds the ordinals of the records that carry a key, in ascending order. It reads the entries of that key, not those of the segment.</summary>
    public void Find(in KeyEntry wanted, List<uint> ordinals)
    {
        IndexNew();
        int before = ordinals.Count;
        for (int next = _newest.Length == 0 ? 0 : _newest[SlotOf(wanted)]; next != 0; next = _older[next - 1])
        {
            if (Entries[next - 1].IsSameKey(wanted))
            {
                ordinals.Add(Entries[next - 1].Ordinal);
            }
        }

        ordinals.Reverse(before, ordinals.Count - before);
    }

    /// <summary>Indexes what was collected since the last search; all of it again when the index has to grow.</summary>
    private void IndexNew()
    {
        int count = Entries.Count;
        if (count > _newest.Length)
        {
            int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, SmallestIndex));
            (_newest, _older, _indexed) = (new int[capacity], new int[capacity], 0);
        }

        for (; _indexed < count; _indexed++)
        {
            ref int newest = ref _newest[SlotOf(Entries[_indexed])];
            (_older[_indexed], newest) = (newest, _indexed + 1);
        }
    }

    /// <summary>By a hash that differs in each process, so that no one can choose transactions that share a slot.</summary>
    private int SlotOf(in KeyEntry entry) => HashCode.Combine(entry.High, entry.Low, entry.Kind) & (_newest.Length - 1);

    private void Collect(FrameWalker walker)
    {
        int before = Entries.Count;
        try
        {
            Collect(walker.Frame.First, walker.Frame.Count, walker.Payload.Span);
        }
        catch (EventDecodeException error)
        {
            Entries.RemoveRange(before, Entries.Count - before);
            throw new LogCorruptException(
                new LogDamage(segment.Path, walker.FrameStart.Offset, $"{walker.Frame.Count} whole records", error.Message).Costing(walker.Frame.First, walker.Frame.Last.Next));
        }
    }

    private void Collect(GlobalSeq first, int count, ReadOnlySpan<byte> records)
    {
        var walk = new RecordEnumerator(first, count, records);
        while (walk.MoveNext())
        {
            var record = walk.Current;
            foreach (var kind in Indexed)
            {
                if (record.TryGetKey(kind, out var key))
                {
                    Entries.Add(KeyEntry.Of(key, checked((uint)(record.Seq.Value - segment.First.Value))));
                }
            }
        }
    }
}
