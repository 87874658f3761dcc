using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Books;

/// <summary>Appends what was read to the log, in a lane of its own that one watcher writes.</summary>
internal sealed class FactLane(string name, ChainId chain, IGrainFactory grains, TimeProvider time)
{
    private readonly LaneId _lane = LaneId.Of(name);

    /// <summary>Appends facts in their order.</summary>
    /// <returns>Why the log did not take them, in a sentence; empty if it did.</returns>
    public async Task<string> AppendAsync(IReadOnlyList<LogEvent> facts)
    {
        if (facts.Count == 0)
        {
            return string.Empty;
        }

        // The number is asked for each time: an append of unknown outcome may be in the log or not, and what it held is asked for again.
        var sequencer = grains.Sequencer(chain);
        ulong last = (await sequencer.LastSequence(_lane))?.LocalSeq ?? 0;
        var batch = new EventBatch(_lane);
        foreach (var fact in facts)
        {
            batch.Add(fact, RecordMeta.Fact(_lane, ++last, RecordClock.Now(time), default));
        }

        var answer = await sequencer.Append(batch);
        return answer.Outcome == AppendOutcome.Durable ? string.Empty : $"Cannot record {name} in the log: {answer.Detail}";
    }
}
