using System.Threading.Channels;
using Mempulse.Net.Sinks;
using Mempulse.Primitives.Records;

namespace Mempulse.Benchmarks.Net;

/// <summary>Counts appended records and discards them.</summary>
internal sealed class MemorySink : IEventSink
{
    private readonly Channel<bool> _appended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _count;

    /// <summary>Records so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Waits for an append; an append without a waiter completes the next wait.</summary>
    public async ValueTask WaitForAppendAsync() => await _appended.Reader.ReadAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<ulong> OpenLaneAsync(string lane, CancellationToken cancellationToken) => ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _count, batch.Count);
        _appended.Writer.TryWrite(true);
        return ValueTask.FromResult(AppendOutcome.Appended);
    }
}
