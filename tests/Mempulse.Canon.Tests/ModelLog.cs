using Mempulse.Canon.Reading;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>The oracle: the event at seq n is sighting n, so what a log holds is known from how much it holds.</summary>
internal static class ModelLog
{
    /// <summary>Acknowledged is a prefix of recovered, recovered is contiguous, and every event is the model's.</summary>
    public static void AssertHolds(ILogReader reader, GlobalSeq acknowledged)
    {
        Assert.True(reader.Watermark >= acknowledged, $"Acknowledged up to {acknowledged}, recovered up to {reader.Watermark}.");
        var next = reader.Oldest;
        while (reader.Read(next, ILogReader.MaxPageBytes) is { } page)
        {
            foreach (var record in page)
            {
                Assert.Equal(next, record.Seq);
                Assert.Equal(next.Value, record.LocalSeq);
                Assert.Equal(Batches.TxHash(next.Value), record.TxKey);
                next = next.Next;
            }
        }

        Assert.Equal(reader.Watermark.Next, next);
    }
}
