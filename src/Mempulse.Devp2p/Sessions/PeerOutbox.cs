using System.Threading.Channels;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>The send queue of a peer, bounded in messages and bytes, drained by one loop.</summary>
/// <remarks>The read loop never waits for it, so two peers that both send much cannot deadlock. Posting is thread-safe.</remarks>
internal sealed class PeerOutbox(RlpxConnection connection, SessionOptions options, MemoryAccount memory, TimeProvider time)
{
    private readonly Channel<WireMessage> _queue = Channel.CreateBounded<WireMessage>(
        new BoundedChannelOptions(options.OutboxMessages) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _queuedBytes;

    /// <summary>Queues a message; false when the queue or the memory budget is exhausted, or the queue is completed.</summary>
    public bool TryPost(int code, byte[] payload)
    {
        if (Interlocked.Add(ref _queuedBytes, payload.Length) <= options.OutboxBytes && memory.TryTakeNow(payload.Length))
        {
            if (_queue.Writer.TryWrite(new WireMessage(code, payload)))
            {
                return true;
            }

            memory.Release(payload.Length);
        }

        Interlocked.Add(ref _queuedBytes, -payload.Length);
        return false;
    }

    /// <summary>Stops accepting messages; queued ones are still sent.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Sends queued messages until the queue is completed and empty.</summary>
    /// <exception cref="PeerFaultException">The peer did not read a message in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await Deadline.RunAsync(
                token => connection.WriteAsync(message.Code, message.Payload, token),
                options.WriteTimeout,
                time,
                "The peer does not read its messages.",
                cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _queuedBytes, -message.Payload.Length);
            memory.Release(message.Payload.Length);
        }
    }
}
