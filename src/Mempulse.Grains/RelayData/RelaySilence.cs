using System.Collections.Concurrent;
using Mempulse.Builder.RelayData;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.RelayData;

/// <summary>Since when the data API of each relay has not answered, for the metrics. Metrics are collected on other threads.</summary>
internal sealed class RelaySilence : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _heard;
    private readonly ChainId _chain;
    private readonly RelayDataMeter _meter;
    private readonly TimeProvider _time;
    private readonly IDisposable _gauges;

    /// <summary>Begins to count for these relays, as if each had answered now.</summary>
    public RelaySilence(ChainId chain, IReadOnlyList<RelayDataSource> relays, RelayDataMeter meter, TimeProvider time)
    {
        _chain = chain;
        _meter = meter;
        _time = time;
        _heard = new(relays.Select(relay => KeyValuePair.Create(relay.Name, time.GetTimestamp())), StringComparer.Ordinal);
        _gauges = meter.Observe(chain, () => [.. _heard.OrderBy(static relay => relay.Key, StringComparer.Ordinal).Select(relay => (relay.Key, (long)time.GetElapsedTime(relay.Value).TotalSeconds))]);
    }

    /// <summary>Notes the answers to a question.</summary>
    public void Note(IReadOnlyList<RelayDataAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _meter.Answered(_chain, answer.Relay, answer.Fault.ToString());
            if (answer.Fault == RelayDataFault.None)
            {
                _heard[answer.Relay] = _time.GetTimestamp();
            }
        }
    }

    public void Dispose() => _gauges.Dispose();
}
