using System.Diagnostics.Metrics;

namespace Mempulse.JsonRpc.Metrics;

/// <summary>The counters of one client, on the meter "Mempulse.JsonRpc"; listed in docs/metrics.md.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RpcMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Mempulse.JsonRpc";

    private static readonly Meter s_meter = new(MeterName);

    private static readonly Counter<long> s_calls =
        s_meter.CreateCounter<long>("mempulse_rpc_calls", "{call}", "JSON-RPC calls, by outcome: answered, failed.");

    private readonly KeyValuePair<string, object?> _lane;

    /// <summary>Counters of the calls made for <paramref name="lane"/>.</summary>
    public RpcMetrics(string lane) => _lane = new KeyValuePair<string, object?>("lane", lane);

    internal void Answered() => s_calls.Add(1, _lane, new KeyValuePair<string, object?>("outcome", "answered"));

    internal void Failed() => s_calls.Add(1, _lane, new KeyValuePair<string, object?>("outcome", "failed"));
}
