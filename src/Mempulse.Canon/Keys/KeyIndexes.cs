using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Mempulse.Canon.Files;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Keys;

/// <summary>Finds the records that carry a key: from a file beside each sealed segment, from memory for the segment being written.</summary>
/// <remarks>
/// Thread-safe. Everything here is a cache over the segments, rebuilt when it is missing or damaged. Finding never writes, so
/// that a full disk cannot fail a reader: the writer's housekeeping calls <see cref="PersistWanted"/>.
/// </remarks>
internal sealed class KeyIndexes(ILogFileSystem files)
{
    private readonly ConcurrentQueue<Segment> _wanted = [];
    private readonly ConditionalWeakTable<Segment, KeyCollector> _collectors = [];
    private readonly ConditionalWeakTable<Segment, KeyFileSearch> _searches = [];
    private List<KeyEntry>? _spare;

    /// <summary>
    /// Adds the positions of a key in one segment, above <paramref name="after"/> (exclusive) and up to <paramref name="upTo"/>
    /// (inclusive), until <paramref name="found"/> holds <paramref name="limit"/>.
    /// </summary>
    public void Find(Segment segment, in EventKey key, GlobalSeq after, GlobalSeq upTo, int limit, List<GlobalSeq> found)
    {
        var ordinals = new List<uint>();
        var wanted = KeyEntry.Of(key, 0);
        while (!TryFindInFile(segment, wanted, ordinals) && !TryFindInMemory(segment, wanted, ordinals))
        {
            // Another thread has just written the file and retired the collector.
        }

        foreach (uint ordinal in ordinals)
        {
            var seq = segment.First.Plus(ordinal);
            if (seq > after && seq <= upTo && found.Count < limit)
            {
                found.Add(seq);
            }
        }
    }

    /// <summary>Writes the index files that searches have missed since the last call.</summary>
    public void PersistWanted()
    {
        while (_wanted.TryDequeue(out var segment))
        {
            Persist(segment);
        }
    }

    /// <summary>Writes the index file of a sealed segment, unless the existing one is usable.</summary>
    public void Persist(Segment segment)
    {
        if (segment.End is not { } end || new KeyFileSearch(files, PathOf(segment), segment.Header, end).TryFind(default, []))
        {
            return;
        }

        var collector = CollectorOf(segment);
        lock (collector.Gate)
        {
            if (!collector.IsRetired)
            {
                collector.CatchUp(files);
                KeyFile.Write(files, PathOf(segment), segment.Header, end, collector.Entries);
                Volatile.Write(ref _spare, collector.Retire()); // the next segment needs as much
            }
        }

        _collectors.Remove(segment);
    }

    private static string PathOf(Segment segment) => Path.Combine(Path.GetDirectoryName(segment.Path)!, segment.Name.KeysFileName);

    private bool TryFindInFile(Segment segment, in KeyEntry wanted, List<uint> ordinals)
    {
        ordinals.Clear();
        return segment.End is { } end && _searches.GetValue(segment, sealedOne => new KeyFileSearch(files, PathOf(sealedOne), sealedOne.Header, end)).TryFind(wanted, ordinals);
    }

    private bool TryFindInMemory(Segment segment, in KeyEntry wanted, List<uint> ordinals)
    {
        ordinals.Clear();
        var collector = CollectorOf(segment);
        lock (collector.Gate)
        {
            if (collector.IsRetired)
            {
                return false;
            }

            collector.CatchUp(files);
            collector.Find(wanted, ordinals);
        }

        // For a sealed segment the file is missing or damaged.
        if (segment.End is not null && collector.TryWant())
        {
            _wanted.Enqueue(segment);
        }

        return true;
    }

    private KeyCollector CollectorOf(Segment segment) =>
        _collectors.GetValue(segment, made => new KeyCollector(made, Interlocked.Exchange(ref _spare, null) ?? []));
}
