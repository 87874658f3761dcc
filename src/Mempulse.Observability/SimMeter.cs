using System.Diagnostics.Metrics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Observability;

/// <summary>The metrics of a chain's simulations; <see cref="StateMeter"/> has those of the state they take from nodes.</summary>
public sealed class SimMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Sim";

    private readonly Meter _meter;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _gas;
    private readonly Counter<long> _witnessBytes;
    private readonly Counter<long> _stepBytes;
    private readonly Histogram<double> _seconds;
    private readonly ChainGauges<SimReading> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public SimMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _completed = _meter.CreateCounter<long>("mempulse_sim_completed", null, "Recorded simulations, by outcome.");
        _refused = _meter.CreateCounter<long>("mempulse_sim_refused", null, "Simulations that were refused or not recorded, by reason.");
        _gas = _meter.CreateCounter<long>("mempulse_sim_gas", null, "Gas of their transactions.");
        _witnessBytes = _meter.CreateCounter<long>("mempulse_sim_witness", "By", "Bytes of their witnesses, before compression.");
        _stepBytes = _meter.CreateCounter<long>("mempulse_sim_steps", "By", "Bytes of the stored traces of instructions, before compression.");
        _seconds = _meter.CreateHistogram<double>("mempulse_sim_duration", "s", "From the request to the record, including fetching of state.");
        _meter.CreateObservableGauge("mempulse_sim_in_flight", () => _gauges.Select(sims => sims.InFlight), null, "Simulations in progress.");
        _meter.CreateObservableGauge("mempulse_sim_capacity", () => _gauges.Select(sims => sims.Capacity), null, "The maximum number of simulations in progress; more are refused.");
    }

    /// <summary>Counts a recorded simulation.</summary>
    public void Completed(ChainId chain, LogEvent.SimCompleted fact, int witnessBytes, int stepBytes, TimeSpan took)
    {
        var label = Telemetry.Label(chain);
        _completed.Add(1, label, new KeyValuePair<string, object?>("outcome", OutcomeName.Of(fact.Category)));
        _gas.Add((long)fact.GasUsed.Value, label);
        _witnessBytes.Add(witnessBytes, label);
        _stepBytes.Add(stepBytes, label);
        _seconds.Record(took.TotalSeconds, label);
    }

    /// <summary>Counts a simulation that was refused or not recorded.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="reason">The reason, one of a fixed set.</param>
    public void Refused(ChainId chain, string reason) => _refused.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Reads the gauges of a chain from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<SimReading> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
