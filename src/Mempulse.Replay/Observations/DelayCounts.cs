using System.Numerics;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>A histogram of durations: four buckets for each doubling, from a microsecond to 71 minutes; a value is off by at most a quarter.</summary>
/// <remarks>Mutable, and part of its minute's entry; an empty one allocates nothing.</remarks>
internal struct DelayCounts
{
    /// <summary>Number of buckets.</summary>
    public const int Count = 128;

    private const int BitsWithin = 2;
    private const int Within = 1 << BitsWithin;

    private uint[]? _counts;

    /// <summary>Adds a duration; one beyond the last bucket counts in the last.</summary>
    public void Add(uint micros)
    {
        _counts ??= new uint[Count];
        _counts[BucketOf(micros)]++;
    }

    /// <summary>Adds these counts to <paramref name="sums"/>.</summary>
    public readonly void AddTo(ulong[] sums)
    {
        for (int i = 0; _counts is not null && i < Count; i++)
        {
            sums[i] += _counts[i];
        }
    }

    /// <summary>The exclusive upper bound of a bucket, in microseconds.</summary>
    public static ulong EndOf(int bucket)
    {
        int next = bucket + 1;
        if (next < Within)
        {
            return (ulong)next;
        }

        int doublings = (next / Within) - 1;
        return (ulong)(Within + (next % Within)) << doublings;
    }

    public readonly void Encode(EntryWriter writer)
    {
        int used = 0;
        for (int i = 0; _counts is not null && i < Count; i++)
        {
            used += _counts[i] > 0 ? 1 : 0;
        }

        writer.Write((byte)used);
        for (int i = 0; used > 0 && i < Count; i++)
        {
            if (_counts![i] > 0)
            {
                writer.Write((byte)i);
                writer.Write(_counts[i]);
            }
        }
    }

    public void Decode(ref EntryReader reader)
    {
        int last = -1;
        for (int left = reader.ReadByte(); left > 0; left--)
        {
            int bucket = reader.ReadByte();
            if (bucket >= Count || bucket <= last)
            {
                throw reader.Malformed($"bucket {bucket} is not greater than the preceding bucket {last}");
            }

            last = bucket;
            _counts ??= new uint[Count];
            _counts[bucket] = reader.ReadUInt32();
        }
    }

    private static int BucketOf(uint micros)
    {
        if (micros < Within)
        {
            return (int)micros;
        }

        int octave = BitOperations.Log2(micros);
        return (Within * (octave - 1)) + (int)((micros >> (octave - BitsWithin)) & (Within - 1));
    }
}
