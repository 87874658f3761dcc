using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes a chain's simulations to its store and, through the sequencer, to its log; reads them back.</summary>
/// <remarks>
/// Calls interleave. Those that come while one batch is written make up the next, so that many share what makes them durable; one batch is
/// under way at a time, so the lane's positions rise. As many wait as simulators may run. Lives on the silo that holds the log.
/// </remarks>
[GrainType("mempulse.sim-ledger"), PreferLocalPlacement, Immovable, Reentrant]
internal sealed class SimLedgerGrain(LogHost logs, SimHost host) : Grain, ISimLedgerGrain
{
    /// <summary>Simulations written together.</summary>
    private const int MaxBatch = 64;

    private readonly Queue<(SimDeposit Deposit, TaskCompletionSource<Task<string?>> Answer)> _waiting = new();
    private Task _writing = Task.CompletedTask;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<string?> Record(SimDeposit deposit)
    {
        var answer = new TaskCompletionSource<Task<string?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((deposit, answer));
        if (_writing.IsCompleted)
        {
            _writing = WriteAllAsync();
        }

        return await await answer.Task;
    }

    public async ValueTask<SimView?> Find(Hash256 sim)
    {
        var log = logs.Of(Chain).Reader;
        var store = host.StoreOf(Chain);
        string directory = host.LogDirectoryOf(Chain);
        return await Task.Run(() => SimRecords.Find(log, store, sim, directory));
    }

    public async ValueTask<SimSteps?> FindSteps(Hash256 sim)
    {
        var log = logs.Of(Chain).Reader;
        var store = host.StoreOf(Chain);
        return await Task.Run(() => SimRecords.FindSteps(log, store, sim));
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<(SimDeposit Deposit, TaskCompletionSource<Task<string?>> Answer)>();
        while (_waiting.Count > 0)
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            // Whatever comes of it, each caller of the batch gets, and the next batch has its own chance.
            var written = WriteAsync([.. batch.Select(entry => entry.Deposit)]);
            batch.ForEach(entry => entry.Answer.SetResult(written));
            await ((Task)written).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task<string?> WriteAsync(IReadOnlyList<SimDeposit> deposits)
    {
        var store = host.StoreOf(Chain);
        try
        {
            await Task.Run(() => store.PutAll([.. deposits.SelectMany(Contents)]));
        }
        catch (IOException failure)
        {
            return $"The store of witnesses did not take the simulation: {failure.Message}";
        }

        var log = logs.Of(Chain).Reader;
        var facts = await Task.Run(() => SimRecords.NotYetLatest(log, deposits));
        return facts.Count == 0 ? null : await AppendAsync(facts);
    }

    private static IEnumerable<(ContentKind Kind, ReadOnlyMemory<byte> Content)> Contents(SimDeposit deposit)
    {
        yield return (ContentKind.Witness, deposit.Witness);
        yield return (ContentKind.Trace, deposit.Trace);
        if (deposit.Steps is { } steps)
        {
            yield return (ContentKind.Steps, steps);
        }
    }

    private async ValueTask<string?> AppendAsync(IReadOnlyList<EventBatch> facts)
    {
        var lane = LaneId.Of(SimDeposit.Lane);
        var batch = new EventBatch(lane);
        ulong next = (logs.Of(Chain).LastPosition(lane)?.LocalSeq ?? 0) + 1;
        foreach (var fact in facts)
        {
            foreach (var record in SimRecords.Read(fact))
            {
                batch.AddCopy(record, record.Meta with { LocalSeq = next++ });
            }
        }

        var answer = await GrainFactory.Sequencer(Chain).Append(batch);
        return answer.Outcome == AppendOutcome.Durable && answer.Appended == batch.Count
            ? null
            : $"The log did not take the simulation: {(answer.Detail.Length > 0 ? answer.Detail : "another writer was faster")}";
    }
}
