using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Handles a peer's eth messages: answers requests, completes pending ones, and passes the rest to the listener within the rate limit.</summary>
/// <remarks>Confined to the session's read loop.</remarks>
internal sealed class EthService(PeerSession session, SessionContext context, PendingRequests requests)
{
    /// <summary>The soft limit of a response, 2 MiB, as the protocol recommends.</summary>
    private const int SoftAnswerBytes = 2 * 1024 * 1024;

    /// <summary>EIP-7642 asks for one update of the range in 32 blocks; this admits one a second, for chains with short blocks.</summary>
    private const int RangesPerSecond = 1;
    private const int RangesBurst = 64;

    private readonly TokenBucket _ranges = new(RangesPerSecond, RangesBurst, context.Time);
    private readonly TokenBucket _items = new(context.Options.ItemsPerSecond, context.Options.ItemsBurst, context.Time);

    public void Handle(EthMessage message)
    {
        switch (message)
        {
            case EthMessage.Status:
                throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The peer sent a second status.");
            case EthMessage.GetPooledTransactions query:
                session.TryPost(new EthMessage.PooledTransactions(query.RequestId, Collect(query.Hashes)));
                break;
            case EthMessage.GetBlockHeaders query: // this node keeps no blocks; an empty response keeps the peer from timing out
                session.TryPost(new EthMessage.BlockHeaders(query.RequestId, []));
                break;
            case EthMessage.GetBlockBodies query:
                session.TryPost(new EthMessage.BlockBodies(query.RequestId, []));
                break;
            case EthMessage.GetReceipts query:
                session.TryPost(new EthMessage.Receipts(query.RequestId, []));
                break;
            case EthMessage.BlockRangeUpdate range:
                Take(range);
                break;
            case EthMessage.Exchange answer:
                if (!requests.TryComplete(answer))
                {
                    session.Penalize(PeerOffence.UnsolicitedAnswer);
                }

                break;
            default:
                PassOn(message);
                break;
        }
    }

    private void Take(EthMessage.BlockRangeUpdate range)
    {
        if (BlockRange.Problem(range.Earliest, range.Latest, range.LatestHash) is { } problem)
        {
            throw new PeerFaultException(DisconnectReason.SubprotocolError, $"The peer announced a block range {problem}.");
        }

        if (_ranges.TryTake(1))
        {
            PassOn(range);
        }
        else
        {
            session.Penalize(PeerOffence.Flood); // nothing but the range itself is lost
        }
    }

    private void PassOn(EthMessage message)
    {
        int items = message switch
        {
            EthMessage.NewPooledTransactionHashes announcement => announcement.Hashes.Length,
            EthMessage.TransactionBroadcast broadcast => broadcast.Bodies.Count,
            EthMessage.NewBlockHashes blocks => blocks.Blocks.Count,
            _ => 1,
        };
        if (_items.TryTake(items))
        {
            context.Listener.MessageReceived(session.Peer, message);
            return;
        }

        context.Listener.PeerThrottled(session.Peer, items);
        session.Penalize(PeerOffence.Flood);
    }

    private List<ReadOnlyMemory<byte>> Collect(IReadOnlyList<Hash256> hashes)
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        int bytes = 0;
        foreach (var hash in hashes) // the decoder bounds their number
        {
            if (bytes >= SoftAnswerBytes)
            {
                break;
            }

            if (context.Pool.TryGet(hash, out var body))
            {
                bodies.Add(body);
                bytes += body.Length;
            }
        }

        return bodies;
    }
}
