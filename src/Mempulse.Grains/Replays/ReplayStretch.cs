using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Replays;

/// <summary>The replay of a range of a log on the thread pool, and its answer.</summary>
internal sealed class ReplayStretch : ReplayJob
{
    private readonly GlobalSeq _end;
    private readonly TimeProvider _time;
    private LogReplay? _replay;

    /// <summary>Starts the replay.</summary>
    /// <param name="first">The first position.</param>
    /// <param name="last">The second position; the replay ends earlier if it is more than <see cref="ReplayAnswer.MaxEvents"/> after the first.</param>
    /// <param name="open">Opens a replay at or before the first position.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Cancels the replay.</param>
    public ReplayStretch(GlobalSeq first, GlobalSeq last, Func<LogReplay> open, TimeProvider time, CancellationToken stop)
        : base(first, last, stop)
    {
        (_end, _time) = (EndOf(first, last), time);
        Answer = Task.Run(() => Run(open), CancellationToken.None);
    }

    /// <summary>The answer.</summary>
    public Task<ReplayAnswer> Answer { get; }

    /// <inheritdoc/>
    public override Task Ended => Answer;

    /// <inheritdoc/>
    public override GlobalSeq At => Volatile.Read(ref _replay)?.At ?? GlobalSeq.None;

    /// <inheritdoc/>
    public override string Detail => $"The replay of {First} to {_end} is in progress, at {At}.";

    /// <summary>Reports the progress of an unfinished replay.</summary>
    public ReplayAnswer Unfinished() => new() { Outcome = ReplayOutcome.Running, From = First, To = _end, At = At, Detail = Detail };

    /// <summary>True when this is the replay of that range and has not failed.</summary>
    public bool Is(GlobalSeq first, GlobalSeq last) => (First, _end) == (first, EndOf(first, last)) && !Answer.IsFaulted && !Answer.IsCanceled;

    /// <summary>Hands over the finished replay if it has not passed a position, so that another range can continue it; returns null otherwise.</summary>
    public LogReplay? TakeReplay(GlobalSeq atMost)
    {
        var replay = _replay;
        _replay = null;
        if (Answer.IsCompletedSuccessfully && replay!.At <= atMost)
        {
            return replay;
        }

        replay?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _replay?.Dispose();
        _replay = null;
        base.Dispose();
    }

    private static GlobalSeq EndOf(GlobalSeq first, GlobalSeq last) =>
        last.Value - first.Value > ReplayAnswer.MaxEvents ? first.Plus(ReplayAnswer.MaxEvents) : last;

    private ReplayAnswer Run(Func<LogReplay> open)
    {
        using var span = Spans.Start(Spans.Replay);
        long started = _time.GetTimestamp();
        var replay = open();
        Volatile.Write(ref _replay, replay);
        return ReplayTexts.Of(RangeReplay.Run(replay, First, _end, Stop), _time.GetElapsedTime(started));
    }
}
