using Mempulse.Canon.Reading;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Tests.Live;

/// <summary>A log whose appends have the outcomes that the test sets.</summary>
internal sealed class FailingFoldLog(IFoldLog log) : IFoldLog
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte[]> _derived = [];

    /// <summary>The outcome of an append, by its lane and its number from 1.</summary>
    public Func<LaneId, int, AppendFate> Fate { get; set; } = (_, _) => AppendFate.Appended;

    /// <summary>The bytes of each derived batch that was appended, repetitions included.</summary>
    public IReadOnlyList<byte[]> Derived => _derived;

    /// <summary>Appends so far.</summary>
    public int Appends { get; private set; }

    public ILogReader Reader => log.Reader;

    public Epoch Epoch => log.Epoch;

    public LaneSequence? LastSequence(LaneId lane) => log.LastSequence(lane);

    public void Attach(LogFollower follower) => log.Attach(follower);

    /// <summary>Releases hanging appends.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask<FoldAppend> AppendAsync(EventBatch batch)
    {
        if (batch.Lane == DerivedEvents.Lane)
        {
            _derived.Add(batch.Records.ToArray());
        }

        switch (Fate(batch.Lane, ++Appends))
        {
            case AppendFate.Refused:
                return FoldAppend.NotYet("The device is full.");
            case AppendFate.AnswerLost:
                await log.AppendAsync(batch);
                return FoldAppend.NotYet("The call timed out.");
            case AppendFate.Hangs:
                await _released.Task;
                return await log.AppendAsync(batch);
            default:
                return await log.AppendAsync(batch);
        }
    }
}
