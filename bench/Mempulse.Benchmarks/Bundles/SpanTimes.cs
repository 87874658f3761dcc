using System.Collections.Concurrent;
using System.Diagnostics;
using Mempulse.Observability;

namespace Mempulse.Benchmarks.Bundles;

/// <summary>How long the activities of a node took, by name. Thread-safe.</summary>
internal sealed class SpanTimes : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Milliseconds)> _ended = new();
    private readonly ActivityListener _listener;

    /// <summary>Listens until it is disposed.</summary>
    public SpanTimes()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Spans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = span => _ended.Enqueue((span.OperationName, span.Duration.TotalMilliseconds)),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The times in ascending order, by name.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double> Times)> Sorted() =>
        _ended.GroupBy(static span => span.Name, static span => span.Milliseconds).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => (group.Key, (IReadOnlyList<double>)[.. group.Order()]));

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
