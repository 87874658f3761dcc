using System.Threading.Channels;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>What waits for a peer to take it: bounded in messages and bytes, written by one loop.</summary>
/// <remarks>The reading loop never waits for it, so two peers that both send a lot cannot lock each other up.</remarks>
internal sealed class PeerOutbox(RlpxConnection connection, SessionOptions options, MemoryAccount memory, TimeProvider time)
{
    private readonly Channel<WireMessage> _queue = Channel.CreateBounded<WireMessage>(
        new BoundedChannelOptions(options.OutboxMessages) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _queuedBytes;

    /// <summary>Queues a message; false when the peer has left too much unread, or is gone.</summary>
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

    /// <summary>Takes no more; what is queued is still sent.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Sends until <see cref="Complete"/> and everything is sent.</summary>
    /// <exception cref="PeerFaultException">The peer does not take a message in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await Deadline.RunAsync(
                token => connection.WriteAsync(message.Code, message.Payload, token), options.WriteTimeout, time, "The peer does not read.", cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _queuedBytes, -message.Payload.Length);
            memory.Release(message.Payload.Length);
        }
    }
}
