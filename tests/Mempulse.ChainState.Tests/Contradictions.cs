using System.Diagnostics.Metrics;

namespace Mempulse.ChainState.Tests;

/// <summary>Counts the contradictions that are reported while it lives, and requires that each names its node.</summary>
internal sealed class Contradictions : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public Contradictions()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "mempulse_state_contradictions")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            Assert.Contains(tags.ToArray(), static tag => tag is { Key: "node", Value: string { Length: > 0 } });
            Interlocked.Add(ref _count, count);
        });
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
