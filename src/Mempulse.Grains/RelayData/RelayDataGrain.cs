using Mempulse.Builder.RelayData;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.RelayData;
using Mempulse.Grains.Books;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Orleans.Placement;

namespace Mempulse.Grains.RelayData;

/// <summary>Asks relays which blocks they delivered, and records what is new in a lane of its own.</summary>
[GrainType("mempulse.relay-data"), PreferLocalPlacement, Immovable]
internal sealed class RelayDataGrain(RelayDataHost host, RelayDataMeter meter, TimeProvider time) : Grain, IRelayDataGrain, IDisposable
{
    /// <summary>Pages of a block's records that are searched; a claim that is further on is recorded again.</summary>
    private const int MaxPages = 8;

    private RelayDataLedger? _ledger;
    private RelaySilence? _silence;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public async ValueTask<RelayDataReport> Look()
    {
        if (host.Sources.Count == 0 || host.Options.Chain != Chain.Value)
        {
            return new RelayDataReport(Wait: null, string.Empty);
        }

        _ledger ??= new RelayDataLedger(Chain, IsRecordedAsync);
        _silence ??= new RelaySilence(Chain, host.Sources, meter, time);
        var answers = await host.Client.AskAsync(RelayDataQuery.DeliveredUpTo(SlotNow(), host.Options.Slots), CancellationToken.None);
        _silence.Note(answers);
        string problem = await new FactLane(LogEvent.RelayDataObserved.Lane, Chain, GrainFactory, time).AppendAsync(await _ledger.FactsAsync(answers, host.Sources));
        if (problem.Length > 0)
        {
            _ledger.Forget();
        }

        return new RelayDataReport(host.Options.Interval, problem);
    }

    public void Dispose() => _silence?.Dispose();

    private ulong SlotNow()
    {
        ulong now = (ulong)time.GetUtcNow().ToUnixTimeSeconds();
        return now > host.Options.GenesisTimeSeconds ? (now - host.Options.GenesisTimeSeconds) / (ulong)host.Options.SlotSeconds : 0;
    }

    /// <summary>Whether the log has a claim from before the start: it is among the records of its block.</summary>
    private async ValueTask<bool> IsRecordedAsync(LogEvent.RelayDataObserved claim)
    {
        var log = GrainFactory.LogReader(Chain);
        var after = GlobalSeq.None;
        for (int pages = 0; pages < MaxPages; pages++)
        {
            var page = await log.ReadKey(EventKey.Block(claim.Block), after, ScanQuery.MaxLimit);
            if (page.Records.Any(record => LogEvent.Decode(record.View) is LogEvent.RelayDataObserved known && known.Relay == claim.Relay))
            {
                return true;
            }

            if (page.IsAtEnd)
            {
                break;
            }

            after = page.Next;
        }

        return false;
    }
}
