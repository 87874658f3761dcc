using System.Runtime.CompilerServices;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>Who showed a transaction: the first sighting of each source and a count, in order of arrival.</summary>
/// <remarks>Mutable, and part of its transaction's entry: most transactions need no memory besides.</remarks>
internal struct SightingTally
{
    /// <summary>Most sources kept for one transaction; sightings by further ones are only counted.</summary>
    public const int MaxSources = 16;

    private const int InlineSources = 4;

    private Inline _first;
    private SourceSighting[]? _rest;

    /// <summary>Sources kept.</summary>
    public int SourceCount { get; private set; }

    /// <summary>Sightings by sources past <see cref="MaxSources"/>.</summary>
    public uint Overflow { get; private set; }

    /// <summary>Counts a sighting; true when it is the very first.</summary>
    public bool Add(SourceId source, UnixNanoseconds at)
    {
        for (int i = 0; i < SourceCount; i++)
        {
            var known = this[i];
            if (known.Source == source)
            {
                this[i] = known with { Count = Raised(known.Count) };
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
    public readonly SourceSighting[] ToArray()
    {
        var sightings = new SourceSighting[SourceCount];
        for (int i = 0; i < sightings.Length; i++)
        {
            sightings[i] = this[i];
        }

        return sightings;
    }

    /// <summary>Forgets everything but the memory.</summary>
    public void Clear()
    {
        SourceCount = 0;
        Overflow = 0;
    }

    public readonly void Encode(EntryWriter writer)
    {
        writer.WriteCount(SourceCount);
        for (int i = 0; i < SourceCount; i++)
        {
            writer.Write(this[i].Source.Value);
            writer.Write(this[i].FirstAt.Value);
            writer.Write(this[i].Count);
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

    private SourceSighting this[int index]
    {
        readonly get => index < InlineSources ? _first[index] : _rest![index - InlineSources];
        set
        {
            if (index < InlineSources)
            {
                _first[index] = value;
            }
            else
            {
                _rest![index - InlineSources] = value;
            }
        }
    }

    private void Put(SourceSighting sighting)
    {
        if (SourceCount == InlineSources)
        {
            _rest ??= new SourceSighting[MaxSources - InlineSources];
        }

        this[SourceCount++] = sighting;
    }

    /// <summary>One more, and no more at the end of the range.</summary>
    private static uint Raised(uint count) => count == uint.MaxValue ? count : count + 1;

    [InlineArray(InlineSources)]
    private struct Inline
    {
        private SourceSighting _element;
    }
}
