using System.Diagnostics;
using System.Net;
using Mempulse.Devp2p;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Benchmarks.Devp2p;

/// <summary>Peers without sockets: payloads are decompressed and decoded as in a session, and requests answered from a table.</summary>
internal sealed class MadeNetwork(IReadOnlyList<AnnouncedTx> transactions) : IP2pRuntime
{
    private static readonly EthDialect Dialect = EthDialect.Of(69);

    public DialReport Dials => DialReport.Empty;

    private readonly Dictionary<Hash256, ReadOnlyMemory<byte>> _bodies = transactions.ToDictionary(static tx => tx.Hash, static tx => tx.Raw);
    private readonly List<PeerDescription> _peers = [];
    private readonly List<TimeSpan> _delays = [];
    private IPeerListener? _listener;
    private int _code;
    private long _arrivedAt;
    private int _openRequests;

    public Enode Self { get; } = new(NodeKey.Create().Id, IPAddress.Loopback, 30303, 30303);

    public IReadOnlyList<PeerDescription> Peers => _peers;

    public bool HasOpenRequests => Volatile.Read(ref _openRequests) > 0;

    public void Connect(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var status = new EthStatus { Version = 69, NetworkId = 1, Genesis = default, ForkId = default(ForkId), Head = default };
            var peer = new PeerDescription(NodeKey.Create().Id, new IPEndPoint(IPAddress.Loopback, 40_000 + i), PeerDirection.Inbound, "made", 69, status);
            _peers.Add(peer);
            _listener!.PeerConnected(peer);
        }
    }

    /// <summary>A message that announces some of the transactions, as in a frame.</summary>
    public byte[] Encode(IReadOnlyList<AnnouncedTx> all, int first, int count)
    {
        var part = all.Skip(first).Take(count).ToList();
        var payload = new ByteBuffer();
        _code = Dialect.Encode(
            new EthMessage.NewPooledTransactionHashes(
                Enumerable.Repeat(AnnouncedTx.Type, count).ToArray(),
                part.Select(static tx => (uint)tx.Raw.Length).ToArray(),
                part.Select(static tx => tx.Hash).ToArray()),
            payload);
        return SnappyPayload.Compress(payload.WrittenSpan);
    }

    /// <summary>A peer's message arrives.</summary>
    public void Receive(int peer, byte[] payload)
    {
        _arrivedAt = Stopwatch.GetTimestamp();
        if (!SnappyPayload.TryDecompress(payload, out byte[] bytes) || !Dialect.TryDecode(_code, bytes, out var message, out _))
        {
            throw new InvalidDataException("An announcement cannot be read back.");
        }

        _listener!.MessageReceived(_peers[peer], message!);
    }

    /// <summary>Times from the arrival of the last message to each request, ascending.</summary>
    public IReadOnlyList<TimeSpan> TakeRequestDelays()
    {
        _delays.Sort();
        return _delays;
    }

    public void Start()
    {
    }

    public IDisposable Subscribe(IPeerListener listener)
    {
        _listener = listener;
        return new MemoryStream();
    }

    public async Task<RequestOutcome<EthMessage.PooledTransactions>> RequestPooledTransactionsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken)
    {
        lock (_delays)
        {
            _delays.Add(Stopwatch.GetElapsedTime(_arrivedAt));
        }

        Interlocked.Increment(ref _openRequests);
        await Task.Yield();
        var answer = new EthMessage.PooledTransactions(1, [.. hashes.Select(hash => _bodies[hash])]);
        _ = Task.Run(() => Interlocked.Decrement(ref _openRequests), CancellationToken.None);
        return new RequestOutcome<EthMessage.PooledTransactions>(RequestStatus.Answered, answer);
    }

    public Task<RequestOutcome<EthMessage.BlockHeaders>> RequestHeadersAsync(NodeId peer, BlockStart start, int limit, HeaderOrder order, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Headers are not requested here.");

    public Task<RequestOutcome<EthMessage.BlockBodies>> RequestBodiesAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Blocks are not requested here.");

    public Task<RequestOutcome<EthMessage.Receipts>> RequestReceiptsAsync(NodeId peer, IReadOnlyList<Hash256> hashes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Receipts are not requested here.");

    public bool TrySend(NodeId peer, EthMessage message) => true;

    public void Penalize(NodeId peer, PeerOffence offence) => throw new InvalidDataException($"A simulated peer was penalised for {offence}.");

    public void UpdateHead(ChainHead head)
    {
    }

    public bool TryAddCandidate(Enode node) => true;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
