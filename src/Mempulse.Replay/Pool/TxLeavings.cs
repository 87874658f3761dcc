using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>The sources that a waiting transaction has left, in that order. Few transactions have such a list.</summary>
internal sealed class TxLeavings
{
    /// <summary>Maximum number of sources kept, as of arrivals.</summary>
    public const int Limit = ArrivalTimes.Limit;

    private readonly List<SourceId> _sources = [];

    public int Count => _sources.Count;

    /// <summary>True once it has left every source.</summary>
    public bool IsComplete { get; set; }

    public bool Contains(SourceId source) => _sources.Contains(source);

    public void Add(SourceId source)
    {
        if (_sources.Count < Limit && !_sources.Contains(source))
        {
            _sources.Add(source);
        }
    }

    public bool Remove(SourceId source) => _sources.Remove(source);

    public void Encode(EntryWriter writer)
    {
        writer.WriteCount(_sources.Count);
        foreach (var source in _sources)
        {
            writer.Write(source.Value);
        }

        writer.Write(IsComplete);
    }

    public static TxLeavings? Decode(ref EntryReader reader)
    {
        var leavings = new TxLeavings();
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            int before = leavings._sources.Count;
            leavings.Add(new SourceId(reader.ReadUInt64()));
            if (leavings._sources.Count == before)
            {
                throw reader.Malformed("a list of leavings is too long or names a source twice");
            }
        }

        leavings.IsComplete = reader.ReadBoolean();
        return leavings._sources.Count == 0 && !leavings.IsComplete ? null : leavings;
    }
}
