using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The metrics of a chain's bundles on their way to relays.</summary>
public sealed class BundleMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Bundles";

    private readonly Meter _meter;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _answers;
    private readonly Histogram<double> _looks;

    /// <summary>Creates the instruments.</summary>
    public BundleMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _changes = _meter.CreateCounter<long>("mempulse_bundle_changes", null, "Bundles that were built, went stale or were cancelled.");
        _attempts = _meter.CreateCounter<long>("mempulse_bundle_attempts", null, "Attempts at relays, by what came back.");
        _refused = _meter.CreateCounter<long>("mempulse_bundle_refused", null, "Requests that preflight did not let leave, by rule.");
        _answers = _meter.CreateHistogram<double>("mempulse_bundle_answer", "s", "From a request to the whole answer of a relay; dry runs are not measured.");
        _looks = _meter.CreateHistogram<double>("mempulse_bundle_assembly", "s", "From a look at the opportunities until the bundle that follows from them is on record.");
    }

    /// <summary>Counts a fact about a bundle.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="change">What happened, one of a fixed set.</param>
    public void Changed(ChainId chain, string change) => _changes.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("change", change));

    /// <summary>Counts an attempt.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="relay">The relay, one of those that are configured.</param>
    /// <param name="outcome">What came back, one of a fixed set.</param>
    /// <param name="isDryRun">True if nothing was sent.</param>
    /// <param name="latency">How long the answer took.</param>
    public void Attempted(ChainId chain, string relay, string outcome, bool isDryRun, TimeSpan latency)
    {
        var (label, at) = (Telemetry.Label(chain), new KeyValuePair<string, object?>("relay", relay));
        _attempts.Add(1, label, at, new KeyValuePair<string, object?>("outcome", isDryRun ? "DryRun" : outcome));
        if (!isDryRun)
        {
            _answers.Record(latency.TotalSeconds, label, at);
        }
    }

    /// <summary>Counts a request that preflight did not let leave.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="relay">The relay, one of those that are configured.</param>
    /// <param name="rule">The rule, one of a fixed set.</param>
    public void Refused(ChainId chain, string relay, string rule) =>
        _refused.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("relay", relay), new KeyValuePair<string, object?>("rule", rule));

    /// <summary>Measures how long it took to build a bundle.</summary>
    public void Built(ChainId chain, TimeSpan took) => _looks.Record(took.TotalSeconds, Telemetry.Label(chain));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
