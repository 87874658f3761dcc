using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Primitives;

namespace Mempulse.Devp2p;

/// <summary>The port to the peer-to-peer network: hear peers, ask peers. No ingest behind it, no protocol in front of it.</summary>
/// <remarks>Safe for any number of threads. A question always ends, within the request's time limit.</remarks>
public interface IP2pRuntime : IAsyncDisposable
{
    /// <summary>This node's address; the port is 0 when it does not listen.</summary>
    Enode Self { get; }

    /// <summary>The peers at this moment.</summary>
    IReadOnlyList<PeerDescription> Peers { get; }

    /// <summary>Listens and dials from now on.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address to listen on cannot be had.</exception>
    /// <exception cref="IOException">The peer store cannot be read.</exception>
    void Start();

    /// <summary>Has a listener hear everything from now on, until what is returned is disposed of.</summary>
    IDisposable Subscribe(IPeerListener listener);

    /// <summary>Asks a peer for transactions of its pool.</summary>
    Task<RequestOutcome<EthMessage.PooledTransactions>> RequestPooledTransactionsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Asks a peer for headers.</summary>
    Task<RequestOutcome<EthMessage.BlockHeaders>> RequestHeadersAsync(NodeId peer, BlockStart start, int limit, HeaderOrder order, CancellationToken cancellationToken);

    /// <summary>Asks a peer for bodies of blocks.</summary>
    Task<RequestOutcome<EthMessage.BlockBodies>> RequestBodiesAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Asks a peer for receipts of blocks.</summary>
    Task<RequestOutcome<EthMessage.Receipts>> RequestReceiptsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken);

    /// <summary>Tells a peer something; false when it is not connected or leaves too much unread.</summary>
    bool TrySend(NodeId peer, EthMessage message);

    /// <summary>Counts an offence that only the reader of its messages could see.</summary>
    void Penalize(NodeId peer, PeerOffence offence);

    /// <summary>Replaces the newest block, which new peers are told and against which their forks are checked; those that speak eth/69 are told once in 32 blocks.</summary>
    void UpdateHead(ChainHead head);

    /// <summary>Adds a node to be dialled while there is room.</summary>
    /// <returns>False when there is no room for it among the candidates.</returns>
    bool TryAddCandidate(Enode node);
}
