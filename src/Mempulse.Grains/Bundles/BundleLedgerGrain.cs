using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Contents;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Bundles;

/// <summary>Writes facts about bundles to the log and their bytes to the store beside it. The grain is on the silo that holds the log.</summary>
/// <remarks>
/// Calls interleave, but one batch is written at a time, so that the lane's sequence rises. A second activation would number the same records: the log then
/// takes those of one of them, and the other one reports that its facts were not recorded. An attempt begins once, and none after the answer that settles it:
/// that is decided here, on a fold that has all that is durable, and not by the caller, whose fold may be behind after a restart or whose grain may be active twice.
/// </remarks>
[GrainType("mempulse.bundle-ledger"), BesideLog, PreferLocalPlacement, Immovable, Reentrant]
internal sealed class BundleLedgerGrain(LogHost logs, SimStores stores) : Grain, IBundleLedgerGrain, IDisposable
{
    private static readonly LaneId s_lane = LaneId.Of(BundleDeposit.Lane);

    private readonly SemaphoreSlim _oneAtATime = new(1);

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<BundleReceipt> Record(BundleDeposit deposit)
    {
        if (deposit.Content is { } bytes && await StoreAsync(bytes, KindOf(deposit.Facts)) is { Length: > 0 } problem)
        {
            return new BundleReceipt(GlobalSeq.None, problem);
        }

        AppendAnswer answer;
        await _oneAtATime.WaitAsync();
        try
        {
            ulong last = logs.Of(Chain).LastSequence(s_lane)?.LocalSeq ?? 0; // before the check: what another writer appends after it takes these numbers
            if (await RepeatedAsync(deposit.Facts) is { Length: > 0 } repeated)
            {
                return new BundleReceipt(GlobalSeq.None, repeated);
            }

            answer = await AppendAsync(deposit.Facts, last);
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

    private async Task<string> StoreAsync(ReadOnlyMemory<byte> bytes, ContentKind kind)
    {
        var records = stores.Of(Chain, logs.Of(Chain).Reader);
        try
        {
            await Task.Run(() => records.Put([PreparedContent.Of(kind, bytes.Span)], []));
            return string.Empty;
        }
        catch (IOException failure)
        {
            return $"Cannot store the bytes of the {(kind == ContentKind.Competition ? "witness" : "bundle")}: {failure.Message}";
        }
    }

    /// <summary>A fact that a block was examined comes with its witness, any other with the bytes of a bundle.</summary>
    private static ContentKind KindOf(EventBatch facts)
    {
        foreach (var record in SimRecords.Read(facts))
        {
            if (record.Kind == LogEvent.CompetitionExamined.KindNumber)
            {
                return ContentKind.Competition;
            }
        }

        return ContentKind.Bundle;
    }

    /// <returns>Why an attempt may not begin, in a sentence; empty if each may.</returns>
    private async ValueTask<string> RepeatedAsync(EventBatch facts)
    {
        foreach (var attempt in AttemptsOf(facts))
        {
            if (await RepeatedAsync(attempt) is { Length: > 0 } problem)
            {
                return problem;
            }
        }

        return string.Empty;
    }

    private static List<LogEvent.AttemptStarted> AttemptsOf(EventBatch facts)
    {
        var attempts = new List<LogEvent.AttemptStarted>();
        foreach (var record in SimRecords.Read(facts))
        {
            if (record.Kind == LogEvent.AttemptStarted.KindNumber)
            {
                attempts.Add((LogEvent.AttemptStarted)LogEvent.Decode(record)!);
            }
        }

        return attempts;
    }

    private async ValueTask<string> RepeatedAsync(LogEvent.AttemptStarted attempt)
    {
        var durable = logs.Of(Chain).Reader.Watermark;
        if (await GrainFactory.Sequencer(Chain).WaitForFold(durable) < durable)
        {
            return $"The fold has not reached {durable}: whether attempt {attempt.Number} at {attempt.Relay} began already is not known.";
        }

        var relay = (await GrainFactory.Mempool(Chain).GetBundleTask(attempt.Bundle, [attempt.Relay]))?.Relays[0];
        var asked = (attempt.Command == RelayCommandKind.CancelBundle ? relay?.Cancel : relay?.Send) ?? new RelayRequestView();
        return asked.IsSettled ? $"Attempt {attempt.Number} at {attempt.Relay} cannot begin: the answer to attempt {asked.LastAnswered} settles it."
            : attempt.Number != asked.LastStarted + 1 ? $"Attempt {attempt.Number} at {attempt.Relay} cannot begin: the last one that began is {asked.LastStarted}."
            : string.Empty;
    }

    private ValueTask<AppendAnswer> AppendAsync(EventBatch facts, ulong last)
    {
        var numbered = new EventBatch(s_lane);
        foreach (var record in SimRecords.Read(facts))
        {
            numbered.AddCopy(record, record.Meta with { LocalSeq = ++last });
        }

        return GrainFactory.Sequencer(Chain).Append(numbered);
    }
}
