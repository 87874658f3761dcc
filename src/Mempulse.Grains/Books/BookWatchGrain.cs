using Mempulse.ChainState;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Mempulse.Grains.Books;

/// <summary>Reads what the fold asks for, again and again, and appends it to the log in a lane of its own.</summary>
/// <remarks>A reading that is lost is asked for again by the fold, so nothing is kept here but the number of the last record.</remarks>
[GrainType("mempulse.book-watch"), KeepAlive, PreferLocalPlacement, Immovable]
internal sealed partial class BookWatchGrain(SimHost states, IOptions<BookWatchOptions> options, TimeProvider time, ILogger<BookWatchGrain> log) : Grain, IBookWatchGrain, IDisposable
{
    /// <summary>The name of the lane.</summary>
    private const string Lane = "pools";

    /// <summary>After so many failed looks in a row the pause no longer doubles: half a minute with the default interval.</summary>
    private const int MaxFailures = 7;

    /// <summary>Pools in one plan at most, with those that the source does not have.</summary>
    private const int MaxPlanned = 8_192;

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<PlannedPool> _unread = []; // at the block of the last plan
    private Task _watching = Task.CompletedTask;
    private string _problem = string.Empty;
    private int _failures;
    private Hash256 _sampledAt;
    private Hash256 _unreadAt;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public ValueTask Start()
    {
        if (_watching.IsCompleted && !_stop.IsCancellationRequested && states.StateOf(Chain) is { } state)
        {
            _watching = Task.WhenAll(WatchAsync(new BookReader(state)), WatchMarketsAsync(new MarketReader(state, Chain)));
        }

        return ValueTask.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching;
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync(BookReader reader)
    {
        await Task.Yield(); // the caller does not wait for the first look
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(reader);
                await Task.Delay(options.Value.Interval * (1 << _failures), time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task LookAsync(BookReader reader)
    {
        try
        {
            int wanted = options.Value.ReadsAtOnce == 0 ? 0 : int.Min(options.Value.ReadsAtOnce + _unread.Count, MaxPlanned);
            var plan = await GrainFactory.Mempool(Chain).GetBookPlan(wanted, options.Value.SamplesPerBlock, _problem, _unread.Count) is { } full ? Left(full) : null;
            if (plan is null || (plan.Wanted.Count == 0 && (plan.Samples.Count == 0 || plan.Head == _sampledAt)))
            {
                Say(string.Empty); // nothing is missed
                return;
            }

            var readings = await reader.ReadAsync(plan.Head == _sampledAt ? plan with { Samples = [] } : plan, _stop.Token);
            _sampledAt = plan.Samples.Count > 0 ? plan.Head : _sampledAt;
            _unread.UnionWith(readings.Unread);
            Say(await AppendAsync(Lane, readings.Facts) is { Length: > 0 } refusal ? refusal : readings.Problem);
        }
#pragma warning disable CA1031 // The watch must not end in silence: /health says what failed, and the next look may succeed.
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Say(ProblemOf(failure));
        }
    }

    /// <summary>Why a look failed, in a sentence; empty where nothing can be done about it.</summary>
    private static string ProblemOf(Exception failure) => failure switch
    {
        StateUnavailableException { Reason: StateUnavailability.NotRecorded } => string.Empty, // a recording has some blocks, and lacks the others for good
        StateUnavailableException => failure.Message,
        TimeoutException or OrleansException or ArgumentException => $"The log's silo does not answer: {failure.Message}",
        _ => $"The reading failed: {failure.Message}",
    };

    /// <summary>The plan without the pools that the source does not have at this block, so that they do not stand before the others.</summary>
    private BookPlan Left(BookPlan plan)
    {
        if (plan.Head != _unreadAt)
        {
            _unread.Clear();
            _unreadAt = plan.Head;
        }

        return plan with { Wanted = [.. plan.Wanted.Where(pool => !_unread.Contains(pool)).Take(options.Value.ReadsAtOnce)] };
    }

    /// <returns>Why the log did not take the facts; empty if it did.</returns>
    private async Task<string> AppendAsync(string laneName, IReadOnlyList<LogEvent> facts)
    {
        if (facts.Count == 0)
        {
            return string.Empty;
        }

        // The number is asked for each time: an append of unknown outcome may be in the log or not, and what it held is asked for again.
        var lane = LaneId.Of(laneName);
        ulong last = (await GrainFactory.Sequencer(Chain).LastSequence(lane))?.LocalSeq ?? 0;
        var batch = new EventBatch(lane);
        foreach (var fact in facts)
        {
            batch.Add(fact, RecordMeta.Fact(lane, ++last, RecordClock.Now(time), default));
        }

        var answer = await GrainFactory.Sequencer(Chain).Append(batch);
        return answer.Outcome == AppendOutcome.Durable ? string.Empty : $"Cannot record {laneName} in the log: {answer.Detail}";
    }

    private void Say(string problem)
    {
        if (problem != _problem && problem.Length > 0)
        {
            LogProblem(log, Chain, problem);
        }

        _problem = problem;
        _failures = problem.Length == 0 ? 0 : int.Min(_failures + 1, MaxFailures);
    }
}
