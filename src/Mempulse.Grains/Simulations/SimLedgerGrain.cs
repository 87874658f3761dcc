using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Orleans.Placement;

namespace Mempulse.Grains.Simulations;

/// <summary>Writes a chain's simulations to its store and, through the sequencer, to its log; reads them back.</summary>
/// <remarks>One call records at a time, so the lane's positions rise; reads interleave. Lives on the silo that holds the log.</remarks>
[GrainType("mempulse.sim-ledger"), PreferLocalPlacement, Immovable]
internal sealed class SimLedgerGrain(LogHost logs, SimHost host) : Grain, ISimLedgerGrain
{
    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<string?> Record(SimDeposit deposit)
    {
        var store = host.StoreOf(Chain);
        try
        {
            await Task.Run(() =>
            {
                store.Put(ContentKind.Witness, deposit.Witness.Span);
                store.Put(ContentKind.Trace, deposit.Trace.Span);
                if (deposit.Steps is { } steps)
                {
                    store.Put(ContentKind.Steps, steps.Span);
                }
            });
        }
        catch (IOException failure)
        {
            return $"The store of witnesses did not take the simulation: {failure.Message}";
        }

        var log = logs.Of(Chain).Reader;
        return await Task.Run(() => SimRecords.IsLatest(log, deposit.Fact)) ? null : await AppendAsync(deposit.Fact);
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

    private async ValueTask<string?> AppendAsync(EventBatch fact)
    {
        var lane = LaneId.Of(SimDeposit.Lane);
        var batch = new EventBatch(lane);
        ulong next = (logs.Of(Chain).LastPosition(lane)?.LocalSeq ?? 0) + 1;
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), fact.Count, new GlobalSeq((ulong)fact.Count), fact.Records))
        {
            batch.AddCopy(record, record.Meta with { LocalSeq = next++ });
        }

        var answer = await GrainFactory.Sequencer(Chain).Append(batch);
        return answer.Outcome == AppendOutcome.Durable && answer.Appended == fact.Count
            ? null
            : $"The log did not take the simulation: {(answer.Detail.Length > 0 ? answer.Detail : "another writer was faster")}";
    }
}
