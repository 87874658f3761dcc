using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.DnsTrees;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p;

/// <summary>A node on the peer-to-peer network: listens, dials, and runs a session for each peer.</summary>
/// <remarks>Start it once. Disposing it disconnects all peers and saves the peer store.</remarks>
public sealed class P2pRuntime : IP2pRuntime
{
    private static readonly TimeSpan DialInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>A BlockRangeUpdate is sent once per epoch (EIP-7642).</summary>
    private const ulong BlocksPerRangeUpdate = 32;

    private readonly P2pOptions _options;
    private readonly TimeProvider _time;
    private readonly SessionContext _context;
    private readonly PeerListeners _listeners = new();
    private readonly PeerTable _table;
    private readonly PeerStore? _store;
    private readonly ReplayGuard _replays = new();
    private readonly SemaphoreSlim _handshakes;
    private readonly HostNames _names;
    private readonly NodeConnector _connector;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskGroup _tasks = new();
    private readonly TcpListener? _listener;
    private V4Service? _discovery;
    private int _isDisposed;
    private ulong _lastRangeBlock;

    /// <summary>Creates a node; <see cref="Start"/> opens its sockets.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is invalid.</exception>
    public P2pRuntime(P2pOptions options, IPoolContent pool, TimeProvider time)
    {
        options.Validate();
        _options = options;
        _time = time;
        _lastRangeBlock = options.Head.Point.Block;
        _context = new SessionContext
        {
            Key = options.Key,
            ClientName = options.ClientName,
            Forks = options.Forks,
            Options = options.Session,
            Meter = options.Meter,
            Memory = new MemoryBudget(options.MemoryBudgetBytes),
            Pool = pool,
            Listener = _listeners,
            Time = time,
            EthVersions = options.EthVersions,
            Head = options.Head,
        };
        _names = new HostNames(options.LookUpHost);
        _connector = new NodeConnector(_names, options.Session.HandshakeTimeout, time);
        _table = new PeerTable(options, time);
        _store = options.PeerStorePath is { } path ? new PeerStore(path) : null;
        _handshakes = new SemaphoreSlim(options.Dial.MaxHandshakes);
        _listener = options.Listen is { } endPoint ? new TcpListener(endPoint) : null;
        Self = new Enode(options.Key.Id, options.Listen?.Address ?? IPAddress.Loopback, options.Listen?.Port ?? 0, 0);
    }

    /// <inheritdoc/>
    public Enode Self { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<PeerDescription> Peers => [.. _table.Sessions.Select(session => session.Peer)];

    /// <inheritdoc/>
    public DialReport Dials => _table.ReadDials();

    /// <summary>Number of discovered nodes whose records do not fit our chain.</summary>
    internal long ForeignNodeCount => _discovery?.UnwantedNodeCount ?? 0;

    /// <summary>Bytes held on behalf of peers.</summary>
    internal long HeldBytes => _context.Memory.HeldBytes;

    /// <inheritdoc/>
    public void Start()
    {
        if (_store is not null)
        {
            _table.Restore(_store.Load());
        }

        if (_listener is not null)
        {
            _listener.Start();
            var bound = (IPEndPoint)_listener.LocalEndpoint;
            _context.ListenPort = bound.Port;
            Self = new Enode(_options.Key.Id, bound.Address, bound.Port, bound.Port);
            _tasks.Run(AcceptAllAsync);
            if (_options.Discovery == DiscoveryMode.V4)
            {
                _discovery = new V4Service(
                    _options.Key,
                    Self,
                    _options.Forks.At(_options.Head.Point),
                    IsWanted,
                    node => TryAddCandidate(node),
                    _time);
                _discovery.Start(_options.BootNodes, _names);
            }
        }

        if (_options.Resolver is { } resolver && _options.DnsTrees.Count > 0)
        {
            var source = new DnsTreeSource(_options.DnsTrees, resolver, _options.Forks, _time);
            _tasks.Run(() => source.RunAsync(() => _context.Head.Point, node => TryAddCandidate(node), _closing.Token));
        }

        foreach (var bootNode in _options.BootNodes)
        {
            TryAddCandidate(bootNode); // so that one that cannot be reached is in the report
        }

        _tasks.Run(DialAllAsync);
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(IPeerListener listener) => _listeners.Add(listener);

    /// <inheritdoc/>
    public Task<RequestOutcome<EthMessage.PooledTransactions>> RequestPooledTransactionsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        RequestAsync<EthMessage.PooledTransactions>(peer, id => new EthMessage.GetPooledTransactions(id, hashes), cancellationToken);

    /// <inheritdoc/>
    public Task<RequestOutcome<EthMessage.BlockHeaders>> RequestHeadersAsync(NodeId peer, BlockStart start, int limit, HeaderOrder order, CancellationToken cancellationToken) =>
        RequestAsync<EthMessage.BlockHeaders>(peer, id => new EthMessage.GetBlockHeaders(id, start, (ulong)limit, Skip: 0, order), cancellationToken);

    /// <inheritdoc/>
    public Task<RequestOutcome<EthMessage.BlockBodies>> RequestBodiesAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        RequestAsync<EthMessage.BlockBodies>(peer, id => new EthMessage.GetBlockBodies(id, hashes), cancellationToken);

    /// <inheritdoc/>
    public Task<RequestOutcome<EthMessage.Receipts>> RequestReceiptsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        RequestAsync<EthMessage.Receipts>(peer, id => new EthMessage.GetReceipts(id, hashes), cancellationToken);

    /// <inheritdoc/>
    public bool TrySend(NodeId peer, EthMessage message) => _table.Find(peer)?.TryPost(message) ?? false;

    /// <inheritdoc/>
    public void Penalize(NodeId peer, PeerOffence offence) => _table.Find(peer)?.Penalize(offence);

    /// <inheritdoc/>
    public void UpdateHead(ChainHead head)
    {
        _context.Head = head;
        ulong last = Volatile.Read(ref _lastRangeBlock);
        bool isDue = head.Point.Block >= last && head.Point.Block - last >= BlocksPerRangeUpdate;
        if (!isDue || Interlocked.CompareExchange(ref _lastRangeBlock, head.Point.Block, last) != last)
        {
            return;
        }

        var range = new EthMessage.BlockRangeUpdate(head.Point.Block, head.Point.Block, head.Hash);
        foreach (var session in _table.Sessions.Where(static session => session.Peer.EthVersion >= EthDialect.FirstVersionWithRanges))
        {
            session.TryPost(range);
        }
    }

    /// <inheritdoc/>
    public bool TryAddCandidate(Enode node) => _table.TryAddCandidate(node);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        if (_discovery is not null)
        {
            await _discovery.DisposeAsync().ConfigureAwait(false);
        }

        await _tasks.DrainAsync().ConfigureAwait(false);
        _store?.Save(_table.ToStore());
        _handshakes.Dispose();
        _closing.Dispose();
    }

    private Task<RequestOutcome<TAnswer>> RequestAsync<TAnswer>(NodeId peer, Func<ulong, EthMessage.Exchange> request, CancellationToken cancellationToken)
        where TAnswer : EthMessage.Exchange =>
        _table.Find(peer)?.RequestAsync<TAnswer>(request, cancellationToken) ?? Task.FromResult(new RequestOutcome<TAnswer>(RequestStatus.PeerGone, null));

    private bool IsWanted(NodeRecord record)
    {
        bool isOnOurChain = record.CanBeOn(_options.Forks, _context.Head.Point);
        if (!isOnOurChain)
        {
            _options.Meter.FoundForeignNode();
        }

        return isOnOurChain;
    }

    private async Task AcceptAllAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Admit(await _listener!.AcceptSocketAsync(_closing.Token).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Accepting one connection failed, or the listener is closed; the loop's condition distinguishes them.
            }
        }
    }

    /// <summary>Serves an inbound connection, or closes it when the handshake limit is reached.</summary>
    private void Admit(Socket socket)
    {
        if (_handshakes.Wait(TimeSpan.Zero))
        {
            _tasks.Run(() => ServeAsync(socket, dialled: null));
            return;
        }

        var busy = new DialFailure(DialFailureReason.PeerLimit, "The limit of concurrent handshakes is reached.");
        _table.InboundFailed((IPEndPoint)socket.RemoteEndPoint!, id: null, busy);
        socket.Dispose();
    }

    private async Task DialAllAsync()
    {
        using var timer = new PeriodicTimer(DialInterval, _time);
        try
        {
            do
            {
                while (_handshakes.CurrentCount > 0 && _table.TakeNext() is { } node)
                {
                    await _handshakes.WaitAsync(_closing.Token).ConfigureAwait(false);
                    _tasks.Run(() => DialAsync(node));
                }
            }
            while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private async Task DialAsync(Enode node)
    {
        var (socket, failure) = await _connector.ConnectAsync(node, _closing.Token).ConfigureAwait(false);
        if (socket is null)
        {
            _handshakes.Release();
            Ended(node, new OpeningOutcome(Session: null, Remote: null, failure));
            return;
        }

        await ServeAsync(socket, node).ConfigureAwait(false);
    }

    /// <summary>Records the end of a dial.</summary>
    private void Ended(Enode node, OpeningOutcome outcome)
    {
        string result = outcome.Session is not null ? "connected" : (outcome.Failure?.Reason ?? DialFailureReason.Unknown).ToString();
        _options.Meter.Dialled(result);
        Report(_table.DialEnded(node, outcome));
    }

    /// <summary>Reports a failure of a configured node; those of discovered nodes are in <see cref="Dials"/> only.</summary>
    private void Report(DialledNode? node)
    {
        if (node is { Kind: not NodeKind.Discovered })
        {
            _listeners.DialFailed(node);
        }
    }

    /// <summary>Runs one connection from its first byte to its last; releases the handshake slot once the handshake is over.</summary>
    private async Task ServeAsync(Socket socket, Enode? dialled)
    {
        var address = (IPEndPoint)socket.RemoteEndPoint!;
        OpeningOutcome outcome;
        try
        {
            socket.NoDelay = true;
            var opening = new ConnectionOpening(_context, _table, _replays);
            outcome = await opening.RunAsync(socket, dialled?.Id, _closing.Token).ConfigureAwait(false);
        }
        finally
        {
            _handshakes.Release();
        }

        if (dialled is not null)
        {
            Ended(dialled, outcome);
        }
        else if (outcome.Failure is { } failure)
        {
            Report(_table.InboundFailed(address, outcome.Remote, failure));
        }

        if (outcome.Session is not { } session)
        {
            return;
        }

        _options.Meter.PeerConnected(session.Peer.Direction.ToString());
        _listeners.PeerConnected(session.Peer);
        var loss = await session.RunAsync(_closing.Token).ConfigureAwait(false);
        _table.Remove(session, session.OffencePointsTotal >= _options.Session.MaxOffencePoints);
        _options.Meter.PeerDisconnected(session.Peer.Direction.ToString());
        _listeners.PeerLost(session.Peer, loss);
    }
}
