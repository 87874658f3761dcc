using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Folding;

/// <summary>A chain's log in this silo as its fold uses it: it reads directly and appends through the sequencer.</summary>
internal sealed class SequencedFoldLog(ChainLog log, ISequencerGrain sequencer) : IFoldLog
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
            return answer.Outcome == AppendOutcome.Durable ? FoldAppend.Durable : FoldAppend.NotYet(answer.Detail);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            // The outcome is unknown; repeating the batch is safe (LOG-RULES 32).
            return FoldAppend.NotYet(unknown.Message);
        }
    }
}
