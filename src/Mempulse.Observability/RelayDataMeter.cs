using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The metrics of the questions to relays' data APIs.</summary>
public sealed class RelayDataMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".RelayData";

    private readonly Meter _meter;
    private readonly Counter<long> _answers;
    private readonly ChainGauges<IReadOnlyList<(string Relay, long Seconds)>> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public RelayDataMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _answers = _meter.CreateCounter<long>("mempulse_relay_data_answers", null, "Answers of relays' data APIs, by outcome: None, or a class of failure.");
        _meter.CreateObservableGauge("mempulse_relay_data_silence", () => _gauges.SelectMany("relay", static relays => relays), "s", "Time since a relay's data API last answered.");
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="relay">The relay, one of those that are configured.</param>
    /// <param name="outcome">None, or a class of failure, one of a fixed set.</param>
    public void Answered(ChainId chain, string relay, string outcome) =>
        _answers.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("relay", relay), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Reads the silence of a chain's relays from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<IReadOnlyList<(string Relay, long Seconds)>> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
