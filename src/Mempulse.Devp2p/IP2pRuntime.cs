using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Primitives;

namespace Mempulse.Devp2p;

/// <summary>The port to the peer-to-peer network: receives messages of peers and sends requests to them.</summary>
/// <remarks>Thread-safe. Hides the wire protocols, and knows nothing of ingest. Every request completes within the request timeout.</remarks>
public interface IP2pRuntime : IAsyncDisposable
{
    /// <summary>This node's address; the port is 0 when it does not listen.</summary>
    Enode Self { get; }

    /// <summary>A snapshot of the connected peers.</summary>
    IReadOnlyList<PeerDescription> Peers { get; }

    /// <summary>A snapshot of the nodes that do not become peers, with the reasons.</summary>
    DialReport Dials { get; }

    /// <summary>Starts listening and dialling. Call it once.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The listen address cannot be bound.</exception>
    /// <exception cref="IOException">The peer store cannot be read.</exception>
    void Start();

    /// <summary>Subscribes a listener; disposing the result unsubscribes it.</summary>
    IDisposable Subscribe(IPeerListener listener);

    /// <summary>Requests transactions of a peer's pool.</summary>
    Task<RequestOutcome<EthMessage.PooledTransactions>> RequestPooledTransactionsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Requests headers from a peer.</summary>
    Task<RequestOutcome<EthMessage.BlockHeaders>> RequestHeadersAsync(NodeId peer, BlockStart start, int limit, HeaderOrder order, CancellationToken cancellationToken);

    /// <summary>Requests block bodies from a peer.</summary>
    Task<RequestOutcome<EthMessage.BlockBodies>> RequestBodiesAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Requests the receipts of blocks from a peer.</summary>
    Task<RequestOutcome<EthMessage.Receipts>> RequestReceiptsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Queues a message to a peer; false when the peer is not connected, or its outbox is full and it is dropped.</summary>
    bool TrySend(NodeId peer, EthMessage message);

    /// <summary>Counts an offence that only the consumer of the peer's messages can detect.</summary>
    void Penalize(NodeId peer, PeerOffence offence);

    /// <summary>Replaces the newest block, which is stated to new peers and validates their fork ids.</summary>
    /// <remarks>Peers on eth/69 get a BlockRangeUpdate once in 32 blocks.</remarks>
    void UpdateHead(ChainHead head);

    /// <summary>Adds a dial candidate, which is dialled while there is room.</summary>
    /// <returns>False when the candidate list is full.</returns>
    bool TryAddCandidate(Enode node);
}
