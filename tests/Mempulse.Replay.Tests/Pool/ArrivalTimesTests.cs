using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Tests.Pool;

/// <summary>Who announced a transaction, and which sources it left: each once, up to a bound, in the order of arrival.</summary>
public sealed class ArrivalTimesTests
{
    [Fact]
    public void Each_observer_arrives_once_and_in_order_up_to_the_limit()
    {
        var times = new ArrivalTimes();
        for (uint i = 0; i < ArrivalTimes.Limit; i++)
        {
            Assert.True(times.TryAdd(100 + i, i));
            Assert.False(times.TryAdd(100 + i, 9_999));
            Assert.False(times.TryAdd(100, 9_999));
        }

        Assert.False(times.TryAdd(99, 0));
        Assert.Equal(ArrivalTimes.Limit, times.Count);
        for (int i = 0; i < times.Count; i++)
        {
            Assert.Equal((100u + (uint)i, (uint)i), times[i]);
        }

        times.Clear();
        Assert.True(times.TryAdd(99, 5));
        Assert.Equal((1, (99u, 5u)), (times.Count, times[0]));
    }

    [Fact]
    public void Arrivals_are_restored_and_a_list_that_names_an_observer_twice_or_is_too_long_is_malformed()
    {
        var full = Arrivals([.. Enumerable.Range(0, ArrivalTimes.Limit).Select(static i => (uint)i)]);
        var restored = new ArrivalTimes();
        var reader = new EntryReader(full);
        restored.Decode(ref reader);
        Assert.True(reader.AtEnd);
        var again = new ByteBuffer();
        restored.Encode(new EntryWriter(again));
        Assert.Equal(full, again.WrittenSpan.ToArray());

        AssertMalformed(Arrivals([1, 2, 1]));
        AssertMalformed(Arrivals([.. Enumerable.Range(0, ArrivalTimes.Limit + 1).Select(static i => (uint)i)]));

        static void AssertMalformed(byte[] bytes) => Assert.Throws<CheckpointException>(() =>
        {
            var input = new EntryReader(bytes);
            new ArrivalTimes().Decode(ref input);
        });
    }

    [Fact]
    public void A_source_leaves_once_and_returns_up_to_the_limit()
    {
        var leavings = new TxLeavings();
        for (ulong i = 0; i <= TxLeavings.Limit; i++)
        {
            leavings.Add(new SourceId(i));
            leavings.Add(new SourceId(i));
            leavings.Add(new SourceId(0));
            Assert.Equal((int)Math.Min(i + 1, TxLeavings.Limit), leavings.Count);
        }

        Assert.Equal((true, false), (leavings.Contains(new SourceId(TxLeavings.Limit - 1)), leavings.Contains(new SourceId(TxLeavings.Limit))));
        Assert.Equal((true, false), (leavings.Remove(new SourceId(3)), leavings.Remove(new SourceId(3))));
        Assert.Equal((TxLeavings.Limit - 1, false), (leavings.Count, leavings.Contains(new SourceId(3))));
    }

    [Fact]
    public void Leavings_are_restored_and_malformed_ones_refused()
    {
        AssertRestored([1, 2, 3], isComplete: true);
        AssertRestored([1], isComplete: false);
        AssertRestored([], isComplete: true);
        Assert.Null(Restored(Leavings([], isComplete: false)));
        Assert.Throws<CheckpointException>(() => Restored(Leavings([1, 2, 1], isComplete: false)));
        Assert.Throws<CheckpointException>(() => Restored(Leavings([.. Enumerable.Range(0, TxLeavings.Limit + 1).Select(static i => (ulong)i)], isComplete: false)));
        AssertRestored([.. Enumerable.Range(0, TxLeavings.Limit).Select(static i => (ulong)i)], isComplete: false);

        static TxLeavings? Restored(byte[] bytes)
        {
            var reader = new EntryReader(bytes);
            return TxLeavings.Decode(ref reader);
        }

        static void AssertRestored(ulong[] sources, bool isComplete)
        {
            var saved = new ByteBuffer();
            Restored(Leavings(sources, isComplete))!.Encode(new EntryWriter(saved));
            Assert.Equal(Leavings(sources, isComplete), saved.WrittenSpan.ToArray());
        }
    }

    private static byte[] Arrivals(uint[] observers)
    {
        var bytes = new ByteBuffer();
        var writer = new EntryWriter(bytes);
        writer.WriteCount(observers.Length);
        foreach (uint observer in observers)
        {
            writer.Write(observer);
            writer.Write(observer * 10);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Leavings(ulong[] sources, bool isComplete)
    {
        var bytes = new ByteBuffer();
        var writer = new EntryWriter(bytes);
        writer.WriteCount(sources.Length);
        foreach (ulong source in sources)
        {
            writer.Write(source);
        }

        writer.Write(isComplete);
        return bytes.WrittenSpan.ToArray();
    }
}
