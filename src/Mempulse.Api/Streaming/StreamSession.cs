using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Streaming;

/// <summary>One reader of a chain's stream: what it missed comes from the log, then what is new from the tail that all readers share.</summary>
/// <remarks>While it catches up nothing is passed over. Once it is live, a reader that does not take what it is sent is told what was passed over.</remarks>
internal sealed class StreamSession(ChainId chain, IGrainFactory grains, EventCatalog events, StreamFilter filter, IStreamSink sink, TimeProvider time)
{
    /// <summary>Items that are written before they are sent.</summary>
    private const int MaxBatch = 256;

    /// <summary>After so long without an item the reader is told its position, so that it and proxies between see that the stream lives.</summary>
    private static readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(15);

    private int _unsent;
    private long _sentAt;

    /// <summary>The position up to which the reader has everything that it wants.</summary>
    public GlobalSeq At { get; private set; }

    /// <summary>Events that it was sent.</summary>
    public ulong Sent { get; private set; }

    /// <summary>Events that were passed over because the reader did not take them in time.</summary>
    public ulong Coalesced { get; private set; }

    /// <summary>Events that are left until the stream ends.</summary>
    public long Left { get; private set; } = long.MaxValue;

    /// <summary>Begins: the reader is told from where on it reads.</summary>
    public Task BeginAsync(StreamItem hello, long limit, CancellationToken cancellationToken)
    {
        (At, Left) = (hello.Seq, limit);
        sink.Write(hello);
        return FlushAsync(cancellationToken);
    }

    /// <summary>Reads the log up to a position, and ends.</summary>
    public async Task CatchUpAsync(GlobalSeq end, CancellationToken cancellationToken)
    {
        while (At < end && Left > 0)
        {
            await ReadPageAsync(end, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads until the reader leaves, or has as many events as it wants.</summary>
    /// <param name="tail">The tail, attached.</param>
    /// <param name="cancellationToken">The reader left, or the service stops.</param>
    public async Task FollowAsync(LogTail tail, CancellationToken cancellationToken)
    {
        tail.After(At, out var covered);
        while (At < covered && Left > 0)
        {
            await ReadPageAsync(covered, cancellationToken).ConfigureAwait(false);
            tail.After(At, out covered);
        }

        while (Left > 0)
        {
            var held = tail.After(At, out covered);
            if (At < covered)
            {
                Pass(covered);
            }

            await SendAsync(held, cancellationToken).ConfigureAwait(false);
            if (held.IsEmpty || time.GetElapsedTime(_sentAt) >= _heartbeat)
            {
                await WaitAsync(tail, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitAsync(LogTail tail, CancellationToken cancellationToken)
    {
        var rest = _heartbeat - time.GetElapsedTime(_sentAt);
        try
        {
            if (rest > TimeSpan.Zero)
            {
                await tail.MoreAsync(At).WaitAsync(rest, time, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (TimeoutException)
        {
            // Nothing came in time.
        }

        sink.Write(StreamItem.Position(At));
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a part of what the tail holds. What it drops meanwhile is found out before the next part.</summary>
    private async Task SendAsync(ReadOnlyMemory<TailEvent> held, CancellationToken cancellationToken)
    {
        var part = held[..int.Min(held.Length, MaxBatch)];
        for (int i = 0; i < part.Length && Left > 0; i++)
        {
            var next = part.Span[i];
            if (next.IsFor(filter))
            {
                Write(next.ToItem());
            }

            At = next.Seq;
        }

        if (_unsent > 0)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Pass(GlobalSeq covered)
    {
        sink.Write(StreamItem.Coalesced(At.Next, covered));
        Coalesced += covered.Value - At.Value;
        _unsent++;
        At = covered;
    }

    /// <summary>Reads a page of the log; what it has beyond a position comes from the tail.</summary>
    private async Task ReadPageAsync(GlobalSeq end, CancellationToken cancellationToken)
    {
        var log = grains.LogReader(chain);
        var page = filter.Key is { } key
            ? await log.ReadKey(key, At, MaxBatch).ConfigureAwait(false)
            : await log.Scan(new ScanQuery(At, filter.Kinds, MaxBatch)).ConfigureAwait(false);
        foreach (var record in page.Records)
        {
            if (record.Seq <= end && Left > 0 && filter.Takes(record.View))
            {
                Write(StreamItem.Event(record, events));
                At = record.Seq;
            }
        }

        if (page.Damage is { } damage && page.Next <= At)
        {
            sink.Write(StreamItem.Damaged(damage));
            At = damage.Last;
        }
        else if (Left > 0)
        {
            At = page.Next < end ? page.Next : end;
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Write(StreamItem item)
    {
        sink.Write(item);
        _unsent++;
        Sent++;
        Left--;
    }

    private Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_unsent, _sentAt) = (0, time.GetTimestamp());
        return sink.FlushAsync();
    }
}
