using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Folding;

/// <summary>A chain's log in this silo as its fold uses it: it reads directly and appends through the sequencer.</summary>
/// <param name="log">The log.</param>
/// <param name="sequencer">Appends to it.</param>
/// <param name="appended">Gets each batch of derived events once it is durable; called again if the outcome of an append was unknown before.</param>
internal sealed class SequencedFoldLog(ChainLog log, ISequencerGrain sequencer, Action<EventBatch> appended) : IFoldLog
{
    public ILogReader Reader => log.Reader;

    public Epoch Epoch => log.Epoch;

    public LaneSequence? LastSequence(LaneId lane) => log.LastSequence(lane);

    public void Attach(LogFollower follower) => log.Commits.Attach(follower);

    public async ValueTask<FoldAppend> AppendAsync(EventBatch batch)
    {
        try
        {
            var answer = await sequencer.Append(batch);
            if (answer.Outcome != AppendOutcome.Durable)
            {
                return FoldAppend.NotYet(answer.Detail);
            }

            appended(batch);
            return FoldAppend.Durable;
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            // The outcome is unknown; repeating the batch is safe (LOG-RULES 32).
            return FoldAppend.NotYet(unknown.Message);
        }
    }
}
