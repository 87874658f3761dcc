using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes a chain's simulations to its store and, through the sequencer, to its log, and reads them.</summary>
/// <remarks>
/// Calls interleave. Deposits are compressed in parallel. Deposits that arrive while a batch is being stored form the next batch, so many
/// share the cost of durability: one sync of the store and one commit of the log. One batch is stored while the one before it is appended;
/// batches are appended one at a time, so the lane's sequence rises. The simulators' limit bounds the number of waiting deposits. The grain is on the silo that holds the log.
/// </remarks>
[GrainType("mempulse.sim-ledger"), BesideLog, PreferLocalPlacement, Immovable, Reentrant]
internal sealed class SimLedgerGrain(LogHost logs, SimStores stores) : Grain, ISimLedgerGrain
{
    private DepositQueue? _queue;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    private SimRecords Records => stores.Of(Chain, logs.Of(Chain).Reader);

    public async ValueTask<SimReceipt> Record(SimDeposit deposit)
    {
        var prepared = await Task.Run(() => PreparedDeposit.Of(deposit, stores.Codes));
        return await (_queue ??= new DepositQueue(StoreAsync)).AddAsync(prepared);
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

    /// <summary>Stores the contents of a batch.</summary>
    /// <returns>Appends its facts. To be called when the batch before it is appended: a repeated simulation is looked for in the log, and the lane's sequence goes on.</returns>
    private async Task<Func<Task<IReadOnlyList<SimReceipt>>>> StoreAsync(IReadOnlyList<PreparedDeposit> deposits)
    {
        var batch = new SimBatch(deposits, Records);
        try
        {
            bool mayRepeat = await Task.Run(batch.StoreContents);
            return () => AppendAsync(batch, mayRepeat);
        }
        catch (IOException failure)
        {
            var refusal = new SimReceipt(null, $"Cannot store the simulation's witness: {failure.Message}");
            return () => Task.FromResult<IReadOnlyList<SimReceipt>>([.. deposits.Select(_ => refusal)]);
        }
    }

    private async Task<IReadOnlyList<SimReceipt>> AppendAsync(SimBatch batch, bool mayRepeat)
    {
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
