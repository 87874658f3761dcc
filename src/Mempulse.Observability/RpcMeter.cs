using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The counters of a JSON-RPC client.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RpcMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".JsonRpc";

    private static readonly KeyValuePair<string, object?> _answered = new("outcome", "answered");
    private static readonly KeyValuePair<string, object?> _failed = new("outcome", "failed");

    private readonly Meter _meter; // the factory owns it
    private readonly Counter<long> _calls;
    private readonly KeyValuePair<string, object?> _chain;
    private readonly KeyValuePair<string, object?> _lane;

    /// <summary>Counters of the calls made for <paramref name="lane"/>.</summary>
    public RpcMeter(IMeterFactory meters, ChainId chain, string lane)
    {
        _meter = meters.Create(Name);
        _calls = _meter.CreateCounter<long>("mempulse_rpc_calls", null, "JSON-RPC calls, by outcome: answered, failed.");
        _chain = Telemetry.Label(chain);
        _lane = new KeyValuePair<string, object?>("lane", lane);
    }

    /// <summary>Counts a call that was answered, including with an error.</summary>
    public void Answered() => _calls.Add(1, _chain, _lane, _answered);

    /// <summary>Counts a call without an answer.</summary>
    public void Failed() => _calls.Add(1, _chain, _lane, _failed);
}
