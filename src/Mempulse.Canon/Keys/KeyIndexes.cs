using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Canon.Files;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Keys;

/// <summary>Answers which records carry a key. Everything here is a cache over the segments.</summary>
internal sealed class KeyIndexes(ILogFileSystem files)
{
    private readonly ConditionalWeakTable<Segment, KeyCollector> _collectors = [];

    /// <summary>Adds the positions of a key in one segment, above <paramref name="after"/> and up to <paramref name="upTo"/>.</summary>
    public void Find(Segment segment, in EventKey key, GlobalSeq after, GlobalSeq upTo, int limit, List<GlobalSeq> found)
    {
        var collector = _collectors.GetValue(segment, made => new KeyCollector(made));
        var wanted = KeyEntry.Of(key, 0);
        lock (collector.Gate)
        {
            collector.CatchUp(files);
            foreach (var entry in CollectionsMarshal.AsSpan(collector.Entries))
            {
                var seq = segment.First.Plus(entry.Ordinal);
                if (entry.IsSameKey(wanted) && seq > after && seq <= upTo && found.Count < limit)
                {
                    found.Add(seq);
                }
            }
        }
    }
}
