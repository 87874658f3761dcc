using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Replays;

/// <summary>Runs one replay at a time while the live fold runs, and keeps the last answer and its final state.</summary>
/// <remarks>
/// Paging through a long log takes one pass, because each page continues the replay of the previous one. Any other page
/// starts at the newest checkpoint below it. Memory: one folded state besides the live one.
/// </remarks>
[GrainType("mempulse.replay"), Reentrant, PreferLocalPlacement, Immovable, CollectionAgeLimit(Minutes = 5)]
internal sealed class ReplayGrain(LogHost logs, CheckpointDirectory checkpoints, TimeProvider time) : Grain, IReplayGrain, IDisposable
{
    /// <summary>How long a call waits before it reports progress.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private ReplayStretch? _stretch;

    public async ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var log = logs.Of(chain).Reader;
        if (last < first || last > log.Watermark || first.Next < log.Oldest)
        {
            return Answer(ReplayOutcome.OutOfRange, $"The log holds {log.Oldest} to {log.Watermark}.");
        }

        if (_stretch?.Is(first, last) != true)
        {
            if (_stretch is { Answer.IsCompleted: false } other)
            {
                return other.Unfinished(ReplayOutcome.Busy);
            }

            var reached = _stretch?.TakeReplay(atMost: first);
            _stretch = new ReplayStretch(first, last, () => reached ?? LogReplay.Open(log, checkpoints.Of(chain), first), _stop.Token);
        }

        return await WaitAsync(_stretch!);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_stretch is { } stretch)
        {
            await ((Task)stretch.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            stretch.TakeReplay(GlobalSeq.None)?.Dispose();
        }
    }

    public void Dispose() => _stop.Dispose();

    private async ValueTask<ReplayAnswer> WaitAsync(ReplayStretch stretch)
    {
        await Task.WhenAny(stretch.Answer, Task.Delay(_patience, time));
        if (!stretch.Answer.IsCompleted)
        {
            return stretch.Unfinished(ReplayOutcome.Running);
        }

        try
        {
            return await stretch.Answer;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or FormatException)
        {
            return Answer(ReplayOutcome.Failed, failure.Message);
        }
    }

    private static ReplayAnswer Answer(ReplayOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };
}
