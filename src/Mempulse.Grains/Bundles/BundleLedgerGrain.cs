using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Bundles;

/// <summary>Writes facts about bundles to the log and their bytes to the store beside it. The grain is on the silo that holds the log.</summary>
/// <remarks>
/// Calls interleave, but one batch is written at a time, so that the lane's sequence rises. Facts that arrive meanwhile form the next batch. A second
/// activation would number the same records: the log then takes those of one of them, and the other one reports that its facts were not recorded.
/// </remarks>
[GrainType("mempulse.bundle-ledger"), PreferLocalPlacement, Immovable, Reentrant]
internal sealed class BundleLedgerGrain(LogHost logs, SimStores stores) : Grain, IBundleLedgerGrain, IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<BundleReceipt> Record(BundleDeposit deposit)
    {
        if (deposit.Content is { } bytes && await StoreAsync(bytes) is { Length: > 0 } problem)
        {
            return new BundleReceipt(GlobalSeq.None, problem);
        }

        AppendAnswer answer;
        await _oneAtATime.WaitAsync();
        try
        {
            answer = await AppendAsync(deposit.Facts);
        }
        finally
        {
            _oneAtATime.Release();
        }

        if (answer.Outcome != AppendOutcome.Durable || answer.Appended != deposit.Facts.Count)
        {
            return new BundleReceipt(GlobalSeq.None, $"Cannot record the bundle in the log: {(answer.Detail.Length > 0 ? answer.Detail : "another writer appended to the lane first.")}");
        }

        await GrainFactory.Sequencer(Chain).WaitForFold(answer.Last); // the caller's next question sees what it recorded
        return new BundleReceipt(answer.Last, string.Empty);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> Read(Hash256 content)
    {
        var records = stores.Of(Chain, logs.Of(Chain).Reader);
        return await Task.Run(() => records.ReadContent(content));
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string> StoreAsync(ReadOnlyMemory<byte> bytes)
    {
        var records = stores.Of(Chain, logs.Of(Chain).Reader);
        try
        {
            await Task.Run(() => records.Put([PreparedContent.Of(ContentKind.Bundle, bytes.Span)]));
            return string.Empty;
        }
        catch (IOException failure)
        {
            return $"Cannot store the bytes of the bundle: {failure.Message}";
        }
    }

    private async ValueTask<AppendAnswer> AppendAsync(EventBatch facts)
    {
        var lane = LaneId.Of(BundleDeposit.Lane);
        ulong last = logs.Of(Chain).LastSequence(lane)?.LocalSeq ?? 0;
        var numbered = new EventBatch(lane);
        foreach (var record in SimRecords.Read(facts))
        {
            numbered.AddCopy(record, record.Meta with { LocalSeq = ++last });
        }

        return await GrainFactory.Sequencer(Chain).Append(numbered);
    }
}
