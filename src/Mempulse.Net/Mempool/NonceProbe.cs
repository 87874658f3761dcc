using System.Threading.Channels;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Mempool;

/// <summary>Fetches the next nonce of each sender not seen recently, so that the fold can distinguish a nonce gap from a ready transaction.</summary>
/// <remarks>Best effort: over its limit a sender is skipped, and probed at its next transaction.</remarks>
internal sealed class NonceProbe(RpcLaneOptions options, IngestPipeline pipeline, TimeProvider time)
{
    private const int Capacity = 8_192;

    private readonly RecentSet<Address>? _asked = options.RecentSenders > 0 ? new RecentSet<Address>(options.RecentSenders) : null;
    private readonly Channel<Address> _queue = Channel.CreateBounded<Address>(Capacity);

    /// <summary>Notes a sender. Called on the pipelines' threads; never blocks.</summary>
    public void Note(Address sender)
    {
        if (_asked is not null && _asked.Add(sender) && !_queue.Writer.TryWrite(sender))
        {
            _asked.Remove(sender);
        }
    }

    /// <summary>Probes through one source while it is connected. All sources share the queue of senders.</summary>
    /// <exception cref="RpcTransportException">The source does not answer.</exception>
    public async Task RunSourceAsync(SourceId source, RpcClient client, CancellationToken cancellationToken)
    {
        var batch = new List<Address>(options.BodiesPerCall);
        while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < options.BodiesPerCall && _queue.Reader.TryRead(out var sender))
            {
                batch.Add(sender);
            }

            int answered = 0;
            try
            {
                answered = await AskAsync(source, client, batch, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                batch.Skip(answered).ToList().ForEach(sender => _asked!.Remove(sender));
            }
        }
    }

    private async ValueTask<int> AskAsync(SourceId source, RpcClient client, List<Address> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return 0;
        }

        using var answers = await client.BatchAsync(
            [.. batch.Select(static sender => new RpcCall("eth_getTransactionCount", sender.ToString(), "latest"))], cancellationToken).ConfigureAwait(false);
        var now = ObservationClock.Now(time);
        for (int i = 0; i < batch.Count; i++)
        {
            if (RpcHex.TryReadUInt64(answers[i].Result, out ulong next))
            {
                var observed = new LogEvent.AccountNonceObserved(batch[i], new Nonce(next));
                await pipeline.PostAsync(IngestItem.Ready(observed, source, now), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _asked!.Remove(batch[i]); // asked again at its next transaction
            }
        }

        return batch.Count;
    }
}
