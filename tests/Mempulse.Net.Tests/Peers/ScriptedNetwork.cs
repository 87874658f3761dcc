using System.Net;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Peers;

/// <summary>A network whose messages a test scripts; it keeps the lane's requests.</summary>
internal sealed class ScriptedNetwork : IP2pRuntime
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedRequest> _requests = [];
    private readonly List<(NodeId Peer, PeerOffence Offence)> _offences = [];
    private readonly List<PeerDescription> _peers = [];
    private IPeerListener? _listener;

    public Enode Self { get; } = new(NodeKey.Create().Id, IPAddress.Loopback, 30303, 30303);

    public IReadOnlyList<PeerDescription> Peers => _peers;

    /// <summary>What a peer answers when it is asked for receipts.</summary>
    public Func<NodeId, IReadOnlyList<Hash256>, RequestOutcome<EthMessage.Receipts>> Receipts { get; set; } = static (_, _) => new(RequestStatus.TimedOut, null);

    public DialReport Dials { get; private set; } = DialReport.Empty;

    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<(NodeId Peer, PeerOffence Offence)> Offences
    {
        get
        {
            lock (_gate)
            {
                return [.. _offences];
            }
        }
    }

    public PeerDescription Connect()
    {
        var status = new EthStatus { Version = 69, NetworkId = 1, Genesis = default, ForkId = default(ForkId), Head = default };
        var peer = new PeerDescription(NodeKey.Create().Id, new IPEndPoint(IPAddress.Loopback, 30304), PeerDirection.Outbound, "Scripted/v1", 69, status);
        lock (_gate)
        {
            _peers.Add(peer);
        }

        _listener?.PeerConnected(peer);
        return peer;
    }

    public void Announce(PeerDescription peer, params IReadOnlyList<MadeTx> transactions) => Announce(
        peer, [.. transactions.Select(tx => tx.Type)], [.. transactions.Select(tx => tx.SizeBytes)], [.. transactions.Select(tx => tx.Hash)]);

    public void Announce(PeerDescription peer, byte[] types, uint[] sizes, Hash256[] hashes) =>
        _listener!.MessageReceived(peer, new EthMessage.NewPooledTransactionHashes(types, sizes, hashes));

    public void Broadcast(PeerDescription peer, params IReadOnlyList<MadeTx> transactions) =>
        _listener!.MessageReceived(peer, new EthMessage.TransactionBroadcast([.. transactions.Select(tx => tx.Raw)]));

    public void Throttle(PeerDescription peer, int items) => _listener!.PeerThrottled(peer, items);

    public void Lose(PeerDescription peer, DisconnectReason reason = DisconnectReason.TooManyPeers, bool isByPeer = true)
    {
        lock (_gate)
        {
            _peers.Remove(peer);
        }

        foreach (var request in Requests.Where(request => request.Peer == peer.Id))
        {
            request.End(RequestStatus.PeerGone);
        }

        _listener?.PeerLost(peer, new PeerLoss(reason, isByPeer, "It went."));
    }

    /// <summary>A dial of a configured node fails.</summary>
    public void FailDial(DialledNode node)
    {
        Dials = Dials with { Configured = [.. Dials.Configured.Where(known => known.Node.Id != node.Node.Id), node] };
        _listener!.DialFailed(node);
    }

    public void Start()
    {
    }

    public IDisposable Subscribe(IPeerListener listener)
    {
        _listener = listener;
        return new MemoryStream();
    }

    public Task<RequestOutcome<EthMessage.PooledTransactions>> RequestPooledTransactionsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken)
    {
        var request = new ScriptedRequest(peer, hashes);
        lock (_gate)
        {
            _requests.Add(request);
            if (!_peers.Exists(connected => connected.Id == peer))
            {
                request.End(RequestStatus.PeerGone); // like the real one: no answer would ever arrive
            }
        }

        return request.Outcome;
    }

    public Task<RequestOutcome<EthMessage.BlockHeaders>> RequestHeadersAsync(NodeId peer, BlockStart start, int limit, HeaderOrder order, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The lane does not request headers.");

    public Task<RequestOutcome<EthMessage.BlockBodies>> RequestBodiesAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The lane does not request blocks.");

    public Task<RequestOutcome<EthMessage.Receipts>> RequestReceiptsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        Task.FromResult(Receipts(peer, hashes));

    public bool TrySend(NodeId peer, EthMessage message) => true;

    public void Penalize(NodeId peer, PeerOffence offence)
    {
        lock (_gate)
        {
            _offences.Add((peer, offence));
        }
    }

    public void UpdateHead(ChainHead head)
    {
    }

    public bool TryAddCandidate(Enode node) => true;

    public ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.ToList())
        {
            Lose(peer, DisconnectReason.ClientQuitting, isByPeer: false);
        }

        return ValueTask.CompletedTask;
    }
}
