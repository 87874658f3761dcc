using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes a chain's simulations to its store and, through the sequencer, to its log; reads them back.</summary>
/// <remarks>
/// Calls interleave. Each is compressed beside the others; those that come while one batch is written make up the next, so that many share
/// what makes them durable: one file of the store and one commit of the log. One batch is under way at a time, so the lane's sequence rises.
/// As many wait as simulators may run. Lives on the silo that holds the log.
/// </remarks>
[GrainType("mempulse.sim-ledger"), PreferLocalPlacement, Immovable, Reentrant]
internal sealed class SimLedgerGrain(LogHost logs, SimStores stores) : Grain, ISimLedgerGrain
{
    /// <summary>Simulations written together.</summary>
    private const int MaxBatch = 64;

    /// <summary>Compressed bytes written together, unless a single simulation has more.</summary>
    private const long MaxBatchBytes = 32L << 20;

    private readonly Queue<(PreparedDeposit Deposit, TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)> Place)> _waiting = new();
    private Task _writing = Task.CompletedTask;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    private SimRecords Records => stores.Of(Chain, logs.Of(Chain).Reader);

    public async ValueTask<SimReceipt> Record(SimDeposit deposit)
    {
        var prepared = await Task.Run(() => PreparedDeposit.Of(deposit));
        var place = new TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((prepared, place));
        if (_writing.IsCompleted)
        {
            _writing = WriteAllAsync();
        }

        var (receipts, index) = await place.Task;
        return (await receipts)[index];
    }

    public async ValueTask<SimView?> Find(Hash256 sim)
    {
        var records = Records;
        return await Task.Run(() => records.Find(sim));
    }

    public async ValueTask<SimSteps?> FindSteps(Hash256 sim)
    {
        var records = Records;
        return await Task.Run(() => records.FindSteps(sim));
    }

    private async Task WriteAllAsync()
    {
        while (_waiting.Count > 0)
        {
            var deposits = new List<PreparedDeposit>();
            var places = new List<TaskCompletionSource<(Task<IReadOnlyList<SimReceipt>> Receipts, int Index)>>();
            long bytes = 0;
            while (deposits.Count < MaxBatch && _waiting.TryPeek(out var next) && (deposits.Count == 0 || bytes + next.Deposit.StoredBytes <= MaxBatchBytes))
            {
                _waiting.Dequeue();
                deposits.Add(next.Deposit);
                places.Add(next.Place);
                bytes += next.Deposit.StoredBytes;
            }

            // Whatever comes of it, each caller of the batch gets, and the next batch has its own chance.
            var written = WriteAsync(deposits);
            for (int i = 0; i < places.Count; i++)
            {
                places[i].SetResult((written, i));
            }

            await ((Task)written).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task<IReadOnlyList<SimReceipt>> WriteAsync(IReadOnlyList<PreparedDeposit> deposits)
    {
        var batch = new SimBatch(deposits, Records);
        bool mayRepeat;
        try
        {
            mayRepeat = await Task.Run(batch.StoreContents);
        }
        catch (IOException failure)
        {
            var refusal = new SimReceipt(null, $"The store of witnesses did not take the simulation: {failure.Message}");
            return [.. deposits.Select(_ => refusal)];
        }

        if (mayRepeat)
        {
            await Task.Run(batch.FindRepeated);
        }

        // Only now: what a fact names is durable before the log has the fact.
        var facts = batch.FactsFrom((logs.Of(Chain).LastSequence(LaneId.Of(SimDeposit.Lane))?.LocalSeq ?? 0) + 1);
        var answer = facts.Count == 0 ? null : await GrainFactory.Sequencer(Chain).Append(facts);
        return await Task.Run(() => batch.Receipts(answer));
    }
}
