using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Streaming;

/// <summary>Serves readers of streams. Safe for any thread.</summary>
internal sealed class StreamReaders(IGrainFactory grains, EventCatalog events, LogTails tails, TimeProvider time)
{
    /// <summary>The position of a chain's newest durable event.</summary>
    public ValueTask<GlobalSeq> WatermarkAsync(ChainId chain) => grains.LogReader(chain).Watermark();

    /// <summary>Serves one reader until it has what it asked for.</summary>
    /// <exception cref="OperationCanceledException">The reader left, or the service stops.</exception>
    public async Task ServeAsync(StreamRequest request, IStreamSink sink, CancellationToken cancellationToken)
    {
        var session = new StreamSession(request.Chain, grains, events, request.Filter, sink, time);
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
