using System.Collections.Concurrent;
using Mempulse.Net.Sinks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>Keeps the events that lanes append.</summary>
internal sealed class EventSink : IEventSink
{
    private readonly ConcurrentQueue<(SourceId Source, LogEvent Event)> _events = new();

    /// <summary>The events so far, with their sources.</summary>
    public IReadOnlyList<(SourceId Source, LogEvent Event)> Events => [.. _events];

    /// <summary>The events of one kind.</summary>
    public IEnumerable<T> Of<T>() => _events.Select(static entry => entry.Event).OfType<T>();

    /// <inheritdoc/>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var records = new RecordEnumerator(GlobalSeq.None.Next, batch.Records.Span);
        while (records.MoveNext())
        {
            _events.Enqueue((records.Current.Source, LogEvent.Decode(records.Current)!));
        }

        return ValueTask.FromResult(AppendOutcome.Appended);
    }
}
