using Mempulse.Canon.Reading;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>The oracle: the event at seq n is sighting n, so the length of a log determines its content.</summary>
internal static class ModelLog
{
    /// <summary>Asserts that acknowledged is a prefix of recovered, that recovered is contiguous, and that every event is the model's.</summary>
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
