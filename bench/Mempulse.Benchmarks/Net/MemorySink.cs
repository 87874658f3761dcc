using Mempulse.Net.Sinks;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Net;

/// <summary>Counts what is appended and forgets it.</summary>
internal sealed class MemorySink : IEventSink
{
    private long _count;

    /// <summary>Records so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <inheritdoc/>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _count, batch.Count);
        return ValueTask.FromResult(AppendOutcome.Appended);
    }
}
