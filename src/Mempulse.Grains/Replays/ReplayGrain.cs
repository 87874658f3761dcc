using Mempulse.Canon.Reading;
using Mempulse.Cases;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Replays;

/// <summary>Runs one replay, search, derivation of an audit or export of a case at a time while the live fold runs, and keeps the last answers and the final state.</summary>
/// <remarks>
/// Paging through a long log takes one pass, because each page continues the replay of the previous one. Any other page
/// starts at the newest checkpoint below it, also after a page that ended far below. Memory: one folded state besides the live one, two while a search confirms what it found.
/// </remarks>
[GrainType("mempulse.replay"), BesideLog, Reentrant, PreferLocalPlacement, Immovable, CollectionAgeLimit(Minutes = 5)]
internal sealed class ReplayGrain(LogHost logs, CheckpointDirectory checkpoints, RulesStores rules, SimStores stores, TimeProvider time) : Grain, IReplayGrain, IDisposable
{
    /// <summary>How long a call waits before it reports progress.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Work that was not asked for again within this time makes room for other work.</summary>
    private static readonly TimeSpan _interest = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private ReplayStretch? _stretch;
    private ReplaySearch? _search;
    private ReplayedAudit? _audit;
    private ReplayedCase? _case;

    public async ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var log = logs.Of(chain).Reader;
        if (OutOfRange(first, last) is { } problem)
        {
            return Answer(ReplayOutcome.OutOfRange, problem);
        }

        if (_stretch?.Is(first, last) != true)
        {
            if (Running() is { } other)
            {
                return Answer(ReplayOutcome.Busy, other.Detail) with { From = other.First, To = other.Last, At = other.At };
            }

            var former = _stretch;
            var reached = former?.TakeReplay(atMost: first);
            former?.Dispose();
            _stretch = new ReplayStretch(first, last, () => reached is null ? LogReplay.Open(log, checkpoints.Of(chain), first) : LogReplay.Continue(reached, checkpoints.Of(chain), first), time, _stop.Token);
        }

        var stretch = _stretch!;
        return await WaitAsync(stretch, stretch.Answer, stretch.Unfinished, Answer);
    }

    public async ValueTask<SearchAnswer> Search(GlobalSeq first, GlobalSeq last)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        if (OutOfRange(first, last) is { } problem)
        {
            return SearchFailure(ReplayOutcome.OutOfRange, problem);
        }

        if (_search?.Is(first, last) != true)
        {
            if (Running() is { } other)
            {
                return SearchFailure(ReplayOutcome.Busy, other.Detail);
            }

            _search?.Dispose();
            _search = new ReplaySearch(first, last, new DivergenceSearch(logs.Of(chain).Reader, checkpoints.Of(chain)), time, _stop.Token);
        }

        var search = _search!;
        return await WaitAsync(search, search.Answer, search.Unfinished, SearchFailure);
    }

    public async ValueTask<LoggedAuditAnswer> Audit(AuditQuery query)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var log = logs.Of(chain).Reader;
        if (_audit?.Is(query) != true)
        {
            if (Running() is { } other)
            {
                return AuditFailure(ReplayOutcome.Busy, other.Detail);
            }

            _audit?.Dispose();
            _audit = new ReplayedAudit(query, new AuditReplay(log, checkpoints.Of(chain)), _stop.Token);
        }

        var audit = _audit!;
        return await WaitAsync(audit, AnswerAsync(audit, query, log), () => AuditFailure(ReplayOutcome.Running, audit.Detail), AuditFailure);
    }

    public async ValueTask<CaseAnswer> ExportCase(Hash256 id, GlobalSeq at)
    {
        var chain = GrainKeys.ChainOf(this.GetPrimaryKeyString());
        var log = logs.Of(chain).Reader;
        var end = at == GlobalSeq.None ? log.Watermark : at;
        if (OutOfRange(end, end) is { } problem)
        {
            return CaseFailure(ReplayOutcome.OutOfRange, problem);
        }

        if (_case?.Is(id, at, _interest) != true)
        {
            if (!await Task.Run(() => CaseExport.Has(log, id, end)))
            {
                return CaseFailure(ReplayOutcome.Done, CaseExport.Unknown(id, end));
            }

            if (_case?.Is(id, at, _interest) != true) // still: another request may have started it
            {
                if (Running() is { } other)
                {
                    return CaseFailure(ReplayOutcome.Busy, other.Detail);
                }

                _case?.Dispose();
                var made = _case = new ReplayedCase(id, at, new CaseSource(log, rules.Of(chain), contents => checkpoints.Of(chain, contents), () => stores.Of(chain, log).Store), time, _stop.Token);
                _ = ReleaseAsync(made);
            }
        }

        var work = _case!;
        return await WaitAsync(work, work.Answer, work.Unfinished, CaseFailure);
    }

    public ValueTask Cancel(GlobalSeq first, GlobalSeq last)
    {
        foreach (var job in Jobs().Where(job => job.First == first && job.Last == last))
        {
            job.Cancel();
        }

        return ValueTask.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        foreach (var job in Jobs())
        {
            await job.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    public void Dispose()
    {
        _stretch?.Dispose();
        _search?.Dispose();
        _audit?.Dispose();
        _case?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Releases a case, with its file, once it was not asked for within <see cref="_interest"/>. Runs on the grain's scheduler.</summary>
    private async Task ReleaseAsync(ReplayedCase made)
    {
        await made.UnaskedAsync(_interest, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_case == made)
        {
            _case = null;
            made.Dispose();
        }
    }

    /// <summary>Waits for an answer, or reports the progress when that takes long.</summary>
    private async ValueTask<TAnswer> WaitAsync<TAnswer>(ReplayJob job, Task<TAnswer> answer, Func<TAnswer> unfinished, Func<ReplayOutcome, string, TAnswer> failed)
    {
        job.AskedAt = time.GetTimestamp();
        await Task.WhenAny(answer, Task.Delay(_patience, time));
        if (!answer.IsCompleted)
        {
            return unfinished();
        }

        try
        {
            return await answer;
        }
        catch (OperationCanceledException)
        {
            return failed(ReplayOutcome.Cancelled, $"The work on {job.First} to {job.Last} was cancelled at {job.At}.");
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or FormatException)
        {
            return failed(ReplayOutcome.Failed, failure.Message);
        }
    }

    /// <summary>A page of an audit; the log is read for it beside the grain.</summary>
    private static async Task<LoggedAuditAnswer> AnswerAsync(ReplayedAudit audit, AuditQuery query, ILogReader log)
    {
        var reading = await audit.Reading;
        return await Task.Run(() => ReplayedAudit.Answer(reading, query, log));
    }

    private string? OutOfRange(GlobalSeq first, GlobalSeq last)
    {
        var log = logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString())).Reader;
        return last < first || last > log.Watermark || first.Next < log.Oldest ? $"The log holds {log.Oldest} to {log.Watermark}." : null;
    }

    /// <summary>The work that runs now; it is cancelled if its answer was not asked for lately.</summary>
    private ReplayJob? Running()
    {
        var running = Jobs().FirstOrDefault(static job => !job.Ended.IsCompleted);
        if (running is not null && time.GetElapsedTime(running.AskedAt) > _interest)
        {
            running.Cancel();
        }

        return running;
    }

    private IEnumerable<ReplayJob> Jobs() => new ReplayJob?[] { _stretch, _search, _audit, _case }.OfType<ReplayJob>();

    private static ReplayAnswer Answer(ReplayOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };

    private static LoggedAuditAnswer AuditFailure(ReplayOutcome outcome, string detail) => new(outcome, detail, null);

    private static CaseAnswer CaseFailure(ReplayOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };

    private static SearchAnswer SearchFailure(ReplayOutcome outcome, string detail) => new() { Outcome = outcome, Detail = detail };
}
