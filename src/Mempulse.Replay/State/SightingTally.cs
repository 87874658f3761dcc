using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>Who showed a transaction: the first sighting of each source and a count, in order of arrival.</summary>
internal sealed class SightingTally
{
    /// <summary>Most sources kept for one transaction; sightings by further ones are only counted.</summary>
    public const int MaxSources = 16;

    private SourceSighting[] _bySource = [];

    /// <summary>Sources kept.</summary>
    public int SourceCount { get; private set; }

    /// <summary>Sightings by sources past <see cref="MaxSources"/>.</summary>
    public uint Overflow { get; private set; }

    public SourceSighting this[int index] => _bySource[index];

    /// <summary>Counts a sighting; true when it is the very first.</summary>
    public bool Add(SourceId source, UnixNanoseconds at)
    {
        for (int i = 0; i < SourceCount; i++)
        {
            ref var known = ref _bySource[i];
            if (known.Source == source)
            {
                known = known with { Count = Raised(known.Count) };
                return false;
            }
        }

        if (SourceCount == MaxSources)
        {
            Overflow = Raised(Overflow);
            return false;
        }

        Put(new SourceSighting(source, at, 1));
        return SourceCount == 1;
    }

    /// <summary>The sources kept, in order of arrival.</summary>
    public SourceSighting[] ToArray() => _bySource.AsSpan(0, SourceCount).ToArray();

    public void Encode(EntryWriter writer)
    {
        writer.WriteCount(SourceCount);
        for (int i = 0; i < SourceCount; i++)
        {
            writer.Write(_bySource[i].Source.Value);
            writer.Write(_bySource[i].FirstAt.Value);
            writer.Write(_bySource[i].Count);
        }

        writer.Write(Overflow);
    }

    public void Decode(ref EntryReader reader)
    {
        int count = reader.ReadCount();
        if (count > MaxSources)
        {
            throw reader.Malformed($"a transaction keeps at most {MaxSources} sources, not {count}");
        }

        for (int i = 0; i < count; i++)
        {
            Put(new SourceSighting(new SourceId(reader.ReadUInt64()), new UnixNanoseconds(reader.ReadInt64()), reader.ReadUInt32()));
        }

        Overflow = reader.ReadUInt32();
    }

    private void Put(SourceSighting sighting)
    {
        if (SourceCount == _bySource.Length)
        {
            Array.Resize(ref _bySource, Math.Min(MaxSources, Math.Max(3, SourceCount * 2)));
        }

        _bySource[SourceCount++] = sighting;
    }

    /// <summary>One more, and no more at the end of the range.</summary>
    private static uint Raised(uint count) => count == uint.MaxValue ? count : count + 1;
}
