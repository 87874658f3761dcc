using System.Diagnostics.Metrics;

namespace Mempulse.Observability;

/// <summary>The metrics of the API's bounds. Requests and their times are ASP.NET Core's own metrics.</summary>
public sealed class ServingMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Api";

    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _cut;
    private Func<long>? _unsentBytes;
    private Func<long>? _capacityBytes;

    /// <summary>Creates the instruments.</summary>
    public ServingMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _refused = _meter.CreateCounter<long>("mempulse_api_refused", null, "Requests answered 503 because a limit was reached, by limit.");
        _cut = _meter.CreateCounter<long>("mempulse_api_cut", null, "Responses whose client left or read too slowly.");
        _meter.CreateObservableGauge("mempulse_api_unsent", () => _unsentBytes?.Invoke() ?? 0, "By", "Bytes of responses written and not sent.");
        _meter.CreateObservableGauge("mempulse_api_unsent_capacity", () => _capacityBytes?.Invoke() ?? 0, "By", "Their limit; a response beyond it is refused.");
    }

    /// <summary>Counts a request that was refused.</summary>
    /// <param name="limit">The limit: requests, responses, bodies or streams.</param>
    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    /// <summary>Counts a response that was not sent completely.</summary>
    public void Cut() => _cut.Add(1);

    /// <summary>Reads the gauges from these functions until the result is disposed.</summary>
    public IDisposable Observe(Func<long> unsentBytes, Func<long> capacityBytes)
    {
        (_unsentBytes, _capacityBytes) = (unsentBytes, capacityBytes);
        return new Observation(this, unsentBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private sealed class Observation(ServingMeter meter, Func<long> unsentBytes) : IDisposable
    {
        public void Dispose()
        {
            if (meter._unsentBytes == unsentBytes) // a later one stays
            {
                (meter._unsentBytes, meter._capacityBytes) = (null, null);
            }
        }
    }
}
