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
    private static readonly KeyKind[] Indexed = [KeyKind.Tx, KeyKind.Block, KeyKind.Sender, KeyKind.Opp, KeyKind.Sim, KeyKind.Bundle];

    private List<KeyEntry>? _entries = memory;
    private int _isWanted;
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
