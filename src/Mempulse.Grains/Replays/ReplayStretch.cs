using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Mempool;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Replays;

/// <summary>The replay of a range of a log on the thread pool, and its answer.</summary>
internal sealed class ReplayStretch
{
    private readonly GlobalSeq _first;
    private readonly GlobalSeq _last;
    private LogReplay? _replay;

    /// <summary>Starts the replay.</summary>
    /// <param name="first">The first position.</param>
    /// <param name="last">The second position; the replay ends earlier if it is more than <see cref="ReplayAnswer.MaxEvents"/> after the first.</param>
    /// <param name="open">Opens a replay at or before the first position.</param>
    /// <param name="stop">Cancels the replay.</param>
    public ReplayStretch(GlobalSeq first, GlobalSeq last, Func<LogReplay> open, CancellationToken stop)
    {
        (_first, _last) = (first, EndOf(first, last));
        Answer = Task.Run(() => Run(open, stop), CancellationToken.None);
    }

    /// <summary>The answer.</summary>
    public Task<ReplayAnswer> Answer { get; }

    /// <summary>The position the replay has reached.</summary>
    public GlobalSeq At => Volatile.Read(ref _replay)?.At ?? GlobalSeq.None;

    /// <summary>Reports the progress of an unfinished replay.</summary>
    public ReplayAnswer Unfinished(ReplayOutcome outcome) => new()
    {
        Outcome = outcome,
        From = _first,
        To = _last,
        At = At,
        Detail = $"The replay of {_first} to {_last} is in progress, at {At}.",
    };

    /// <summary>True when this is the replay of that range and has not failed.</summary>
    public bool Is(GlobalSeq first, GlobalSeq last) => (_first, _last) == (first, EndOf(first, last)) && !Answer.IsFaulted;

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

    private static GlobalSeq EndOf(GlobalSeq first, GlobalSeq last) =>
        last.Value - first.Value > ReplayAnswer.MaxEvents ? first.Plus(ReplayAnswer.MaxEvents) : last;

    private ReplayAnswer Run(Func<LogReplay> open, CancellationToken stop)
    {
        using var span = Spans.Start(Spans.Replay);
        var replay = open();
        Volatile.Write(ref _replay, replay);
        var engine = replay.Engine;
        replay.RunTo(_first, stop);
        var (fromDigest, fromStates, fromDivergences) = (engine.Digest(), FoldAnswers.CountStates(engine), engine.DivergenceCount);
        var counts = new SortedDictionary<EventKind, long>();
        replay.RunTo(_last, counts, stop);
        return new ReplayAnswer
        {
            Outcome = ReplayOutcome.Done,
            From = _first,
            To = _last,
            At = _last,
            FromDigest = fromDigest,
            ToDigest = engine.Digest(),
            FromTxsByState = fromStates,
            ToTxsByState = FoldAnswers.CountStates(engine),
            Kinds = [.. counts.Select(static pair => new KindCount(pair.Key, pair.Value))],
            Divergences = (long)(engine.DivergenceCount - fromDivergences),
        };
    }
}
