using Mempulse.Canon.Reading;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Replay.Entries;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Replays;

/// <summary>Runs one replay at a time beside the live fold, and remembers the last answer and the state it ended in.</summary>
/// <remarks>
/// Paging through a long log costs one pass: the next page goes on with the engine of the last one. A page in the middle
/// starts at the newest checkpoint below it. Memory: one folded state besides the live one.
/// </remarks>
[GrainType("mempulse.replay"), Reentrant, PreferLocalPlacement, Immovable, CollectionAgeLimit(Minutes = 5)]
internal sealed class ReplayGrain(LogHost logs, CheckpointDirectory checkpoints, FoldComposition composition) : Grain, IReplayGrain, IDisposable
{
    /// <summary>How long a caller waits before it is told to ask again.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task<ReplayAnswer>? _task;
    private StretchReplay? _replay;

    public async ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var log = logs.Of(chain).Reader;
        last = last.Value > first.Value + ReplayAnswer.MaxEvents ? first.Plus(ReplayAnswer.MaxEvents) : last;
        if (last < first || last > log.Watermark || first.Next < log.Oldest)
        {
            return Answer(ReplayOutcome.OutOfRange, $"The log holds {log.Oldest} to {log.Watermark}.");
        }

        bool isSame = _replay?.First == first && _replay.Last == last && _task is { IsFaulted: false };
        if (!isSame && _task is { IsCompleted: false })
        {
            return Answer(ReplayOutcome.Busy, $"{_replay!.First} to {_replay.Last} is being replayed, now at {_replay.At}.") with { At = _replay.At };
        }

        if (!isSame)
        {
            Start(chain, log, first, last);
        }

        await Task.WhenAny(_task!, Task.Delay(_patience));
        return await AnswerOfTaskAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await (_task ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose() => _stop.Dispose();

    private void Start(ChainId chain, ILogReader log, GlobalSeq first, GlobalSeq last)
    {
        var reached = _task is { IsCompletedSuccessfully: true } && _replay!.Engine?.Applied <= first ? _replay.Engine : null;
        using var span = Telemetry.Spans.StartActivity("replay");
        var store = checkpoints.Of(chain);
        var replay = new StretchReplay(log, () => reached ?? Restore(chain, store, first) ?? composition.Create(chain), first, last);
        _replay = replay;
        _task = Task.Run(() => replay.Run(_stop.Token));
    }

    private async ValueTask<ReplayAnswer> AnswerOfTaskAsync()
    {
        var replay = _replay!;
        if (!_task!.IsCompleted)
        {
            return Answer(ReplayOutcome.Running, $"At {replay.At} of {replay.Last}.") with { From = replay.First, To = replay.Last, At = replay.At };
        }

        try
        {
            return await _task;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or FormatException)
        {
            return Answer(ReplayOutcome.Failed, failure.Message);
        }
    }

    private ReplayEngine? Restore(ChainId chain, ICheckpoints store, GlobalSeq atMost)
    {
        try
        {
            return store.ReadAtMost(atMost) is { } checkpoint ? composition.Restore(chain, checkpoint.Span) : null;
        }
        catch (CheckpointException)
        {
            // Of other rules: the log from its beginning gives the state of today's, only later.
            return null;
        }
    }

    private static ReplayAnswer Answer(ReplayOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };
}
