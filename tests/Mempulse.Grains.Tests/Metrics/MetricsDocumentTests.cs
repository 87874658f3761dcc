using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Grains.Tests.Metrics;

/// <summary>docs/metrics.md and the code have the same instruments with the same labels, and each measurement is labelled with its chain.</summary>
public sealed partial class MetricsDocumentTests : IDisposable
{
    /// <summary>The API serves all chains.</summary>
    private const string ApiPrefix = "mempulse_api_";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, SortedSet<string>> _labels = new(StringComparer.Ordinal);
    private readonly List<(string Instrument, string? Chain, long Value)> _counted = [];

    public MetricsDocumentTests()
    {
        Meters = _services.GetRequiredService<IMeterFactory>(); // not in the callback: other tests publish instruments while this one's services are disposed
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Meters)) // silos of other tests have their own meters
            {
                lock (_labels)
                {
                    _labels.TryAdd(instrument.Name, []);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, (long)value, tags));
        _listener.Start();
    }

    private IMeterFactory Meters { get; }

    [Fact]
    public void Every_instrument_and_its_labels_are_documented_and_every_documented_one_exists()
    {
        using var log = new LogMeter(Meters);
        using var publisher = new PublisherMeter(Meters);
        using var fold = new FoldMeter(Meters);
        using var ingest = new IngestMeter(Meters);
        using var sim = new SimMeter(Meters);
        using var serving = new ServingMeter(Meters);
        using var bundles = new BundleMeter(Meters);
        using var facts = new FactMeter(Meters);
        using var relayData = new RelayDataMeter(Meters);
        using var traces = new TraceMeter(Meters);
        UseAll(facts);
        UseAll(relayData).Observe(new ChainId(1), () => [("flashbots", 1)]);
        UseAll(traces).Observe(new ChainId(1), () => default);
        UseAll(bundles);
        UseAll(serving);
        UseAll(log).Observe(new ChainId(1), () => default);
        UseAll(publisher);
        UseAll(fold).Observe(new ChainId(1), () => new FoldReading
        {
            Applied = 1,
            LagEvents = 1,
            TxsByState = [("pending", 1)],
            Divergences = 0,
            AbandonedChains = 1,
            Grades = [("agrees", 1)],
            DriftingDecoders = 1,
            Pools = [("held", 1)],
            BookLeftOut = [("evicted", 1)],
            InexactTokens = 1,
            Borrowers = [("held", 1)],
            Opportunities = [("open", 1)],
            OpportunityFates = [("detected", 1)],
            Coverable = [("rpc", 1)],
            Covered = [("rpc", 1)],
            FollowedEvents = 1,
            StreamedEvents = 1,
            Incidents = [("hole", 1)],
        });
        UseAll(ingest).Observe(new ChainId(1), () => [new LaneReading("rpc", 1, 1, 1, 1, 1)]);
        UseAll(sim).Observe(new ChainId(1), () => default);
        UseAll(new LaneMeter(Meters, new ChainId(1), "rpc"));
        UseAll(new RpcMeter(Meters, new ChainId(1), "rpc"));
        UseAll(new StateMeter(Meters, new ChainId(1)));
        UseAll(new NetworkMeter(Meters, new ChainId(1)));
        _listener.RecordObservableInstruments();

        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "metrics.md"));
        var documented = Row().Matches(document).Select(match => $"{match.Groups[1].Value}: {Sorted(match.Groups[2].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))}");

        Assert.Equal(_labels.Select(entry => $"{entry.Key}: {Sorted(entry.Value)}"), documented.Order(StringComparer.Ordinal));
        Assert.All(_labels.Where(entry => !entry.Key.StartsWith(ApiPrefix, StringComparison.Ordinal)), entry => Assert.Contains(Telemetry.ChainLabel, entry.Value));
    }

    [Fact]
    public void Lanes_of_two_chains_have_separate_counts()
    {
        var mainnet = new LaneMeter(Meters, new ChainId(1), "rpc");
        var sepolia = new LaneMeter(Meters, new ChainId(11_155_111), "rpc");

        mainnet.BatchAppended(3, 100);
        sepolia.BatchAppended(4, 100);

        var records = _counted.Where(entry => entry.Instrument == "mempulse_ingest_appended_records").Select(entry => (entry.Chain, entry.Value));
        Assert.Equal([("1", 3), ("11155111", 4)], records);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    /// <summary>Calls every method that counts something, with the simplest arguments.</summary>
    private static T UseAll<T>(T meter)
        where T : class
    {
        foreach (var method in typeof(T).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(void) && method.Name != nameof(IDisposable.Dispose)))
        {
            method.Invoke(meter, [.. method.GetParameters().Select(parameter => Simplest(parameter.ParameterType))]);
        }

        return meter;
    }

    private static object Simplest(Type type) =>
        type == typeof(string) ? "x" : type == typeof(int) ? 1 : type == typeof(long) ? 1L : type == typeof(ulong) ? 1UL : type == typeof(ChainId) ? new ChainId(1) : RuntimeHelpers.GetUninitializedObject(type);

    private void Keep(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_labels)
        {
            string? chain = null;
            foreach (var tag in tags)
            {
                _labels[instrument.Name].Add(tag.Key);
                chain = tag.Key == Telemetry.ChainLabel ? tag.Value?.ToString() : chain;
            }

            _counted.Add((instrument.Name, chain, value));
        }
    }

    private static string Sorted(IEnumerable<string> labels) => string.Join(", ", labels.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `(mempulse_[a-z0-9_]+)` \| [^|]+ \| ([^|]*?) ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
