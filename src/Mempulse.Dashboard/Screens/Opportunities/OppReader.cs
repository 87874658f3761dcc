using Mempulse.Api.Bundles;
using Mempulse.Api.Decoding;
using Mempulse.Api.Opportunities;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Reads one opportunity for its screen, through the same types as the API.</summary>
internal sealed class OppReader(IGrainFactory grains, LiveFeed feed, RegistryCache registries)
{
    private const int MostBundles = 16;
    private const int MostEvidence = 24;

    /// <summary>Reads an opportunity; null if the log does not have it.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="bundle">The bundle to show; null for the newest.</param>
    public async Task<OppReading?> ReadAsync(Hash256 id, Hash256? bundle)
    {
        var chain = feed.Chain;
        var first = await grains.LogReader(chain).ReadKey(EventKey.Opp(id), GlobalSeq.None, limit: 1).ConfigureAwait(false);
        if (first.Records.Count == 0 || await grains.Opportunity(chain, id).Read().ConfigureAwait(false) is not { } found || LogEvent.Decode(found.Records[0].View) is not LogEvent.OppDetected detected)
        {
            return null;
        }

        var bundles = await BundlesAsync(chain, found).ConfigureAwait(false);
        var shown = bundles.FirstOrDefault(one => one.History.Built.Bundle == bundle) ?? (bundles.Count > 0 ? bundles[^1] : null);
        var registry = await registries.FindAsync(chain).ConfigureAwait(false);
        var titles = new OppTitles(chain, registry, detected.BaseNumber);
        var answer = OppText.Of(chain, found, bundles, EventCatalog.Core);
        var events = Decode(found.Records);
        var bundleEvents = shown is null ? [] : Decode(shown.Records);
        var last = events.LastOrDefault(static record => record.Event is LogEvent.SimCompleted)?.Event as LogEvent.SimCompleted;
        var reading = new OppReading
        {
            Answer = answer,
            Detected = detected,
            DetectedAt = events[0].At,
            Title = titles.Of(detected, found.View),
            Verdict = VerdictOf(events, shown),
            Sentence = shown?.History.Explanation ?? answer.Explanation[0],
            Predicted = OppRows.ProfitOf(detected, last),
            Realised = shown?.History.Outcome is { IsRealisedKnown: true } outcome ? Figures.Ether(outcome.Realised.Amount.Value) : string.Empty,
            Waterfall = WaterfallRows.Of(events, bundleEvents, await FirstSeenAsync(chain, detected.Trigger).ConfigureAwait(false)),
            Evidence = shown is null ? EvidenceRows.Of(events, answer.Opportunity?.NotSimulated) : EvidenceRows.Of(shown.History, await EvidenceAsync(chain, shown).ConfigureAwait(false)),
            Bundle = shown?.History.Built,
        };
        return last is { } sim
            ? await WithSimulationAsync(reading, chain, sim, new CallRows(registry, titles)).ConfigureAwait(false)
            : reading with { NoCalls = answer.Opportunity?.NotSimulated ?? "It has no simulation." };
    }

    /// <summary>The opportunity of a bundle; null if the log does not have the bundle, or it is for none.</summary>
    public async Task<Hash256?> OfBundleAsync(Hash256 bundle) =>
        await BundleRecords.ReadAsync(grains, feed.Chain, bundle).ConfigureAwait(false) is { History.Built.Opportunities: [var opportunity, ..] } ? opportunity : null;

    /// <summary>The opportunity of a simulation; null if the log does not have the simulation, or it is for none.</summary>
    public async Task<Hash256?> OfSimulationAsync(Hash256 sim) => await grains.SimLedger(feed.Chain).Find(sim).ConfigureAwait(false) is { } found ? found.Fact.Opportunity : null;

    private async Task<IReadOnlyList<BundleRecords>> BundlesAsync(ChainId chain, OppRecords opportunity)
    {
        List<BundleRecords> found = [];
        foreach (var record in opportunity.Records.Where(static record => record.View.Kind == LogEvent.BundleBuilt.KindNumber).TakeLast(MostBundles))
        {
            if (await BundleRecords.ReadAsync(grains, chain, record.View.BundleKey).ConfigureAwait(false) is { } bundle)
            {
                found.Add(bundle);
            }
        }

        return found;
    }

    private async Task<LoggedEvent?> FirstSeenAsync(ChainId chain, Hash256 trigger)
    {
        var page = await grains.LogReader(chain).ReadKey(EventKey.Tx(trigger), GlobalSeq.None, limit: 1).ConfigureAwait(false);
        return Decode(page.Records) is [var first, ..] ? first : null;
    }

    /// <summary>The records that a verdict rests on beyond the bundle's own.</summary>
    private async Task<IReadOnlyList<LoggedEvent>> EvidenceAsync(ChainId chain, BundleRecords bundle)
    {
        List<LoggedEvent> found = [];
        var own = bundle.Records.Select(static record => record.Seq).ToHashSet();
        foreach (var evidence in (bundle.History.Outcome?.Evidence ?? []).Where(evidence => !own.Contains(evidence.Seq)).Take(MostEvidence))
        {
            var page = await grains.LogReader(chain).Scan(new ScanQuery(new GlobalSeq(evidence.Seq.Value - 1), [], 1)).ConfigureAwait(false);
            found.AddRange(Decode(page.Records));
        }

        return found;
    }

    private async Task<OppReading> WithSimulationAsync(OppReading reading, ChainId chain, LogEvent.SimCompleted sim, CallRows calls)
    {
        var stored = await grains.SimLedger(chain).Find(sim.Sim).ConfigureAwait(false);
        reading = reading with { Sim = sim, CanRerun = stored is { HasWitness: true } };
        return stored?.Trace is { IsEmpty: false } trace && calls.Read(trace) is var (rows, more)
            ? reading with { Calls = rows, MoreCalls = more }
            : reading with { NoCalls = "Its trace is no longer stored." };
    }

    private static List<LoggedEvent> Decode(IReadOnlyList<SequencedRecord> records)
    {
        List<LoggedEvent> events = [];
        foreach (var record in records)
        {
            var view = record.View;
            if (LogEvent.Decode(view) is { } known)
            {
                events.Add(new LoggedEvent(record.Seq, view.Timestamp, view.Cause, known));
            }
        }

        return events;
    }

    private static OppResult VerdictOf(IReadOnlyList<LoggedEvent> events, BundleRecords? bundle)
    {
        if (bundle is not null)
        {
            return bundle.History.Outcome is { } outcome ? ResultText.Of(outcome) : new("next", string.Empty, "Submitted, no verdict yet", "not_derivable");
        }

        return events.LastOrDefault(static record => record.Event is LogEvent.OppInvalidated or LogEvent.OppExpired or LogEvent.OppReopened or LogEvent.SimCompleted)?.Event switch
        {
            LogEvent.OppInvalidated ended => ResultText.Of(ended.Reason),
            LogEvent.OppExpired ended => ResultText.Of(ended.Reason),
            LogEvent.SimCompleted sim => new(string.Empty, string.Empty, sim.Category == FailureCategory.None ? "Simulated, it holds" : "Simulation failed", sim.IsVerified ? "proof" : "strong"),
            _ => new(string.Empty, string.Empty, "Detected, it holds", "strong"),
        };
    }
}
