using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes a chain's simulations to its store and, through the sequencer, to its log, and reads them.</summary>
/// <remarks>
/// Calls interleave. Deposits are compressed in parallel. Deposits that arrive while a batch is being written form the next batch, so many
/// share the cost of durability: one file of the store and one commit of the log. One batch is written at a time, so the lane's sequence
/// rises. The simulators' limit bounds the number of waiting deposits. The grain is on the silo that holds the log.
/// </remarks>
[GrainType("mempulse.sim-ledger"), PreferLocalPlacement, Immovable, Reentrant]
internal sealed class SimLedgerGrain(LogHost logs, SimStores stores) : Grain, ISimLedgerGrain
{
    /// <summary>The maximum number of simulations in a batch.</summary>
    private const int MaxBatch = 64;

    /// <summary>The maximum number of compressed bytes in a batch, unless a single simulation has more.</summary>
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

            // Every caller in the batch gets its outcome, also a failure; the next batch is independent.
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
            var refusal = new SimReceipt(null, $"Cannot store the simulation's witness: {failure.Message}");
            return [.. deposits.Select(_ => refusal)];
        }

        if (mayRepeat)
        {
            await Task.Run(batch.FindRepeated);
        }

        // Only now, because the contents that a fact refers to must be durable before the log has the fact.
        var facts = batch.FactsFrom((logs.Of(Chain).LastSequence(LaneId.Of(SimDeposit.Lane))?.LocalSeq ?? 0) + 1);
        var answer = facts.Count == 0 ? null : await GrainFactory.Sequencer(Chain).Append(facts);
        return await Task.Run(() => batch.Receipts(answer));
    }
}
