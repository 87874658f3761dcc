using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Live;

/// <summary>A log that refuses appends of the fold, or loses its answers, a few times, as the schedule chooses.</summary>
internal sealed class ScriptedFoldLog(IFoldLog log) : IFoldLog
{
    private int _failures = 3;

    /// <summary>Appends that have not been answered.</summary>
    public int InFlight { get; private set; }

    public ILogReader Reader => log.Reader;

    public Epoch Epoch => log.Epoch;

    public LaneSequence? LastSequence(LaneId lane) => log.LastSequence(lane);

    public void Attach(LogFollower follower) => log.Attach(follower);

    public async ValueTask<FoldAppend> AppendAsync(EventBatch batch)
    {
        Assert.Equal(1, ++InFlight);
        byte[] before = batch.Records.ToArray();
        await Task.Yield();
        var answer = await DecideAsync(batch);
        Assert.Equal(before, batch.Records.ToArray()); // the log owns the batch until it has answered
        InFlight--;
        return answer;
    }

    private async ValueTask<FoldAppend> DecideAsync(EventBatch batch)
    {
        switch (_failures > 0 ? Schedule.Choose(4) : 3)
        {
            case 0:
                _failures--;
                return FoldAppend.NotYet("The device is full.");
            case 1:
                _failures--;
                await log.AppendAsync(batch);
                return FoldAppend.NotYet("The answer was lost.");
            default:
                return await log.AppendAsync(batch);
        }
    }
}
