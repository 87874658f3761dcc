using System.Collections.Concurrent;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Streaming;

/// <summary>Serves readers of streams. Safe for any thread.</summary>
internal sealed class StreamReaders(IGrainFactory grains, EventCatalog events, LogTails tails, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, (StreamRequest Request, StreamSession Session)> _open = new();
    private long _last;

    /// <summary>Where each reader is that is served now, in the order in which they came. The service bounds how many there are.</summary>
    public IReadOnlyList<ReaderStanding> Standings =>
    [
        .. _open.OrderBy(static open => open.Key)
            .Select(static open => new ReaderStanding(open.Key, open.Value.Request.Reader, open.Value.Request.Chain, open.Value.Session.At.Value, open.Value.Session.Sent, open.Value.Session.Coalesced)),
    ];

    /// <summary>The position of a chain's newest durable event.</summary>
    public ValueTask<GlobalSeq> WatermarkAsync(ChainId chain) => grains.LogReader(chain).Watermark();

    /// <summary>Serves one reader until it has what it asked for.</summary>
    /// <exception cref="OperationCanceledException">The reader left, or the service stops.</exception>
    public async Task ServeAsync(StreamRequest request, IStreamSink sink, CancellationToken cancellationToken)
    {
        var session = new StreamSession(request.Chain, grains, events, request.Filter, sink, time);
        long number = Interlocked.Increment(ref _last);
        _open[number] = (request, session);
        try
        {
            await ServeAsync(request, session, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(number, out _);
        }
    }

    private async Task ServeAsync(StreamRequest request, StreamSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(request.Hello, request.Limit, cancellationToken).ConfigureAwait(false);
        if (request.End is { } end)
        {
            await session.CatchUpAsync(end, cancellationToken).ConfigureAwait(false);
            return;
        }

        var tail = tails.Of(request.Chain);
        await tail.AttachAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await session.FollowAsync(tail, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await tail.DetachAsync().ConfigureAwait(false);
        }
    }
}
