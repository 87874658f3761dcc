using System.Collections.Concurrent;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Streaming;

/// <summary>The tails of the chains that are served. Safe for any thread.</summary>
internal sealed class LogTails(IGrainFactory grains, EventCatalog events, TimeProvider time, ILogger<LogTail> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ChainId, LogTail> _tails = new();

    /// <summary>The tail of a chain.</summary>
    public LogTail Of(ChainId chain) => _tails.GetOrAdd(chain, id => new LogTail(id, grains, events, time, log));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var tail in _tails.Values)
        {
            await tail.DisposeAsync().ConfigureAwait(false);
        }
    }
}
