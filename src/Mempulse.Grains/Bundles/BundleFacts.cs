using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Bundles;

/// <summary>Records facts about bundles.</summary>
internal static class BundleFacts
{
    /// <summary>Records facts together; returns why they were not recorded, in a sentence, or nothing.</summary>
    public static async ValueTask<string> RecordAsync(this IGrainFactory grains, ChainId chain, TimeProvider time, ReadOnlyMemory<byte>? content, params IReadOnlyList<LogEvent> facts)
    {
        var lane = LaneId.Of(BundleDeposit.Lane);
        var batch = new EventBatch(lane);
        for (int i = 0; i < facts.Count; i++)
        {
            batch.Add(facts[i], RecordMeta.Fact(lane, (ulong)(i + 1), RecordClock.Now(time), default));
        }

        return (await grains.BundleLedger(chain).Record(new BundleDeposit(batch, content))).Problem;
    }
}
