using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>One reading per chain, taken when metrics are collected.</summary>
/// <typeparam name="TReading">Read as a whole, so that the instruments fed from it agree.</typeparam>
internal sealed class ChainGauges<TReading>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ChainId, Func<TReading>> _readers = [];

    public IDisposable Add(ChainId chain, Func<TReading> read)
    {
        lock (_lock)
        {
            _readers[chain] = read;
        }

        return new Registration(this, chain, read);
    }

    /// <summary>One number of every chain's reading.</summary>
    public IEnumerable<Measurement<long>> Select(Func<TReading, long> number) =>
        Read().Select(pair => new Measurement<long>(number(pair.Reading), Telemetry.Label(pair.Chain)));

    /// <summary>Several labelled numbers of every chain's reading.</summary>
    public IEnumerable<Measurement<long>> SelectMany(string label, Func<TReading, IEnumerable<(string Value, long Number)>> numbers) =>
        Read().SelectMany(pair => numbers(pair.Reading).Select(entry => new Measurement<long>(
            entry.Number, Telemetry.Label(pair.Chain), new KeyValuePair<string, object?>(label, entry.Value))));

    private List<(ChainId Chain, TReading Reading)> Read()
    {
        lock (_lock)
        {
            return [.. _readers.Select(pair => (pair.Key, pair.Value()))];
        }
    }

    private sealed class Registration(ChainGauges<TReading> owner, ChainId chain, Func<TReading> read) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                if (owner._readers.TryGetValue(chain, out var current) && current == read) // a later one stays
                {
                    owner._readers.Remove(chain);
                }
            }
        }
    }
}
