using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Mempulse.ChainState.Metrics;
using Mempulse.Devp2p.Metrics;
using Mempulse.JsonRpc.Metrics;
using Mempulse.Net.Metrics;
using Mempulse.Observability;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Grains.Tests.Metrics;

/// <summary>docs/metrics.md and the code name the same instruments.</summary>
public sealed partial class MetricsDocumentTests
{
    [Fact]
    public void Every_instrument_is_documented_and_every_documented_one_exists()
    {
        var made = new ConcurrentQueue<string>(); // silos of other tests make meters at the same time
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith(Telemetry.Prefix + ".", StringComparison.Ordinal))
                {
                    made.Enqueue(instrument.Name);
                }
            },
        };
        listener.Start();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var log = new LogMeter(meters);
        using var publisher = new PublisherMeter(meters);
        using var fold = new FoldMeter(meters);
        using var ingest = new IngestMeter(meters);
        using var sim = new SimMeter(meters);
        foreach (var holder in new[] { typeof(IngestMetrics), typeof(RpcMetrics), typeof(NetworkMetrics), typeof(StateMetrics) })
        {
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle); // their instruments are static
        }

        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "metrics.md"));
        var documented = new SortedSet<string>(RowName().Matches(document).Select(match => match.Groups[1].Value), StringComparer.Ordinal);

        Assert.Equal(documented, made.ToHashSet().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(mempulse_[a-z0-9_]+)`", RegexOptions.Multiline)]
    private static partial Regex RowName();
}
