using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>First-seen, lead, coverage and gaps against an independent model, which keeps every value. CsCheck prints the seed of a failure and shrinks it.</summary>
public sealed class ObservationModelTests
{
    [Fact]
    public void Figures_spreads_observers_and_gaps_are_those_of_the_model() => Gen.UInt.Array[1, 80].Sample(AssertAgrees, iter: 400);

    /// <summary>Applies the history that the steps describe to both, and compares them.</summary>
    internal static void AssertAgrees(uint[] steps)
    {
        var model = new ObservationModel();
        var engine = ReplayEngine.Create(Scenario.Chain);
        int applied = 0;
        foreach (var (fact, source, lane, at) in ObservationHistory.Of(steps))
        {
            model.Apply(fact, source, lane, at);
            Apply(engine, fact, source, lane, at);
            AssertGaps(model, engine.Observations, at);
            AssertObservers(model, engine.Observations);
            if (++applied % 9 == 0)
            {
                AssertFigures(model, engine.Observations, 1 + (applied % 3));
                engine = Restarted(engine);
            }
        }

        AssertFigures(model, engine.Observations, 60);
        AssertSpreads(model, engine.Observations);
    }

    private static void Apply(ReplayEngine engine, LogEvent fact, string source, string lane, long at)
    {
        var id = LaneId.Of(lane);
        var batch = new EventBatch(id);
        var seq = engine.Applied.Next;
        batch.Add(fact, RecordMeta.Fact(id, seq.Value, new UnixNanoseconds(at), source == "writer" ? default : SourceId.Of(source)));
        engine.Apply(new SequencedBatch(new Epoch(1), seq, 1, seq, batch.Records));
    }

    private static ReplayEngine Restarted(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        return ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
    }

    private static void AssertGaps(ObservationModel model, IObservationView view, long at)
    {
        var last = model.Closed.Count > 0 ? model.Closed[^1] : null;
        (long, long)[] ranges = [(ObservationHistory.Start, at), (at, at), (last?.From ?? at, last?.From ?? at), (last?.To ?? at, at), ((last?.To ?? at) - 1, (last?.To ?? at) - 1), (0, (last?.From ?? at) - 1)];
        foreach (var (first, to) in ranges)
        {
            var expected = model.Gaps(first, to);
            var report = view.Gaps(new UnixNanoseconds(first), new UnixNanoseconds(to));
            var listed = report.Gaps.Select(static gap => new ModelGap(gap.Kind, SourceName(gap.Source), gap.Name, gap.From.Value, gap.To?.Value, (long)gap.Count, gap.Reason)).ToList();
            Assert.Equal(Sorted(expected), Sorted(listed));
            Assert.Equal(listed.OrderBy(static gap => gap.From).ThenBy(static gap => gap.Name, StringComparer.Ordinal).Select(static gap => (gap.From, gap.Name)), listed.Select(static gap => (gap.From, gap.Name)));
            Assert.Equal(expected.Exists(static gap => gap.Kind is GapKind.Unrecorded || (gap.Kind == GapKind.Blind && gap.Name.Length == 0)), report.IsBlind);
            Assert.Equal((model.CompleteSince, false), (report.CompleteSince.Value, report.IsCut));
        }
    }

    private static IEnumerable<string> Sorted(IEnumerable<ModelGap> gaps) => gaps.Select(static gap => gap.ToString()).Order(StringComparer.Ordinal);

    private static void AssertObservers(ObservationModel model, IObservationView view)
    {
        foreach (var seen in view.Observers())
        {
            var observer = model.Observers.Values.Single(known => SourceId.Of(known.Source) == seen.Source);
            Assert.Equal(
                (observer.Name, observer.IsConnected, observer.FirstConnectedAt, observer.ConnectedAt, observer.LostAt, observer.LossReason, observer.LastShownAt, (ulong)observer.Sightings, observer.IsPeer),
                (seen.Name, seen.IsConnected, seen.FirstConnectedAt?.Value, seen.ConnectedAt?.Value, seen.LostAt?.Value, seen.LossReason, seen.LastShownAt?.Value, seen.Sightings, seen.Peer is not null));
        }

        Assert.Equal(
            model.Observers.Values.Where(static observer => observer.Sightings > 0).Select(static observer => (SourceId.Of(observer.Source), observer.IsConnected, (ulong)observer.Sightings, (ulong)observer.Firsts)).Order(),
            view.Sources().Where(static source => source.Sightings > 0).Select(static source => (source.Id, source.IsConnected, source.Sightings, source.Firsts)).Order());
        Assert.Equal(model.LastAt, view.LastObservedAt.Value);
    }

    private static void AssertFigures(ObservationModel model, IObservationView view, int minutes)
    {
        var window = model.Window(minutes).ToList();
        var figures = view.Propagation(minutes);
        Assert.Equal(
            ((ulong)window.Sum(static minute => minute.Sightings), (ulong)window.Sum(static minute => minute.Shown), (ulong)window.Sum(static minute => minute.Included), (ulong)window.Sum(static minute => minute.Unseen), 0UL),
            (figures.Sightings, figures.Shown, figures.Included, figures.Unseen, figures.LetGo));
        AssertDistribution(window.SelectMany(static minute => minute.Latency), figures.InclusionLatency);
        AssertDistribution(window.SelectMany(static minute => minute.Heat), figures.Heat);
        var shown = figures.Sources.Select(static source => (Share: ModelMinute.OfSource(SourceName(source.Source), ObservationHistory.LaneOf(SourceName(source.Source))), Figures: source))
            .Concat(figures.Lanes.Where(static lane => lane.Name.Length > 0).Select(static lane => (Share: ModelMinute.OfLane(lane.Name), Figures: lane)))
            .ToDictionary(static share => share.Share, static share => share.Figures);
        foreach (var (share, values) in window.SelectMany(static minute => minute.Shares).ToLookup(static entry => entry.Key, static entry => entry.Value).Select(static shares => (shares.Key, shares.ToList())))
        {
            if (shown.TryGetValue(share, out var found))
            {
                AssertShare(values, found);
            }
            else
            {
                Assert.StartsWith("all of", share, StringComparison.Ordinal); // a lane without a name: no source of it connected yet
            }
        }
    }

    private static void AssertShare(List<ModelFigures> values, ObserverFigures found)
    {
        Assert.Equal(
            (values.Sum(static figures => figures.Sightings), values.Sum(static figures => figures.Shown), values.Sum(static figures => figures.Firsts), values.Sum(static figures => figures.Late), values.Sum(static figures => figures.Covered), values.Sum(static figures => figures.Coverable)),
            ((int)found.Sightings, (int)found.Shown, (int)found.Firsts, (int)found.Late, (int)found.Covered, (int)found.Coverable));
        AssertDistribution(values.SelectMany(static figures => figures.Lead), found.Lead);
        AssertDistribution(values.SelectMany(static figures => figures.Delay), found.Delay);
        AssertDistribution(values.SelectMany(static figures => figures.Ahead), found.Ahead);
    }

    /// <summary>Bounds are 1 to 8 and then four for each doubling; a percentile is the bound of the first bucket that reaches it.</summary>
    private static void AssertDistribution(IEnumerable<ulong> values, DelayFigures figures)
    {
        ulong[] bounds = [.. values.Select(BoundAbove).Order()];
        Assert.Equal(bounds.GroupBy(static bound => bound).Select(static bucket => new DelayBucket(bucket.Key, (ulong)bucket.Count())), figures.Buckets);
        Assert.Equal(((ulong)bounds.Length, Percentile(bounds, 50), Percentile(bounds, 90), Percentile(bounds, 99)), (figures.Count, figures.P50, figures.P90, figures.P99));
    }

    private static ulong BoundAbove(ulong value)
    {
        ulong width = 1;
        while (value >= 8 * width)
        {
            width *= 2;
        }

        return ((value / width) + 1) * width;
    }

    private static ulong Percentile(ulong[] bounds, int percent) => bounds.Length == 0 ? 0 : bounds[(((bounds.Length * percent) + 99) / 100) - 1];

    private static void AssertSpreads(ObservationModel model, IObservationView view)
    {
        foreach (var (hash, tx) in model.Txs)
        {
            var spread = view.Find(hash)!;
            Assert.Equal((tx.FirstAt, (ulong)tx.Sightings, tx.IncludedAt, tx.Sources.Count), (spread.FirstAt.Value, spread.Sightings, spread.IncludedAt?.Value, spread.SourceCount));
            Assert.Equal(tx.Sources.Count > 1 ? tx.After(tx.Sources[1].At) : null, spread.LeadMicros);
            Assert.Equal(tx.Lanes.Select(arrival => tx.After(arrival.At)), spread.Lanes.Select(static lane => lane.AfterMicros));
        }
    }

    private static readonly string[] s_names = ["near", "far", "peer", "blocks"];

    private static string SourceName(SourceId source) =>
        s_names.SingleOrDefault(name => SourceId.Of(name) == source) ?? string.Empty;
}
