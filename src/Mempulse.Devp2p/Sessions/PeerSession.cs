using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Wire;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A session with a connected peer: a read loop, a write loop, and a periodic ping.</summary>
/// <remarks>Owns the connection. <see cref="TryPost"/>, <see cref="RequestAsync{TAnswer}"/> and <see cref="Penalize"/> are thread-safe.</remarks>
internal sealed class PeerSession
{
    private readonly RlpxConnection _connection;
    private readonly EthDialect _dialect;
    private readonly int _offset;
    private readonly SessionContext _context;
    private readonly PeerOutbox _outbox;
    private readonly PendingRequests _requests;
    private readonly EthService _service;
    private readonly TokenBucket _messages;
    private readonly TaskCompletionSource<PeerLoss> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryAccount _memory;
    private int _offencePoints;

    public PeerSession(RlpxConnection connection, PeerDescription peer, EthDialect dialect, int offset, SessionContext context)
    {
        _connection = connection;
        _dialect = dialect;
        _offset = offset;
        _context = context;
        Peer = peer;
        _memory = new MemoryAccount(context.Memory, sentence => End(DisconnectReason.UselessPeer, sentence));
        _connection.Memory = _memory;
        _outbox = new PeerOutbox(connection, context.Options, _memory, context.Time);
        _requests = new PendingRequests(context.Options.MaxPendingRequests);
        _service = new EthService(this, context, _requests);
        _messages = new TokenBucket(context.Options.MessagesPerSecond, context.Options.MessagesBurst, context.Time);
    }

    public PeerDescription Peer { get; }

    /// <summary>Sum of the offence points so far.</summary>
    public int OffencePointsTotal => Volatile.Read(ref _offencePoints);

    /// <summary>Queues a message; false when the outbox is full, which also ends the session.</summary>
    public bool TryPost(EthMessage message)
    {
        var output = new ByteBuffer(256);
        int code = _dialect.Encode(message, output);
        return Post(_offset + code, output.WrittenSpan.ToArray());
    }

    /// <summary>Sends a request and waits for its response within the request timeout.</summary>
    public async Task<RequestOutcome<TAnswer>> RequestAsync<TAnswer>(Func<ulong, EthMessage.Exchange> request, CancellationToken cancellationToken)
        where TAnswer : EthMessage.Exchange
    {
        if (_requests.TryAdd(typeof(TAnswer)) is not { } pending)
        {
            return new RequestOutcome<TAnswer>(_ending.Task.IsCompleted ? RequestStatus.PeerGone : RequestStatus.TooManyPending, null);
        }

        try
        {
            if (!TryPost(request(pending.Id)))
            {
                return new RequestOutcome<TAnswer>(RequestStatus.PeerGone, null);
            }

            var answer = await pending.Answer.WaitAsync(_context.Options.RequestTimeout, _context.Time, cancellationToken).ConfigureAwait(false);
            return new RequestOutcome<TAnswer>(answer is null ? RequestStatus.PeerGone : RequestStatus.Answered, (TAnswer?)answer);
        }
        catch (TimeoutException)
        {
            Penalize(PeerOffence.NoAnswer);
            return new RequestOutcome<TAnswer>(RequestStatus.TimedOut, null);
        }
        finally
        {
            _requests.Forget(pending.Id);
        }
    }

    /// <summary>Counts an offence; at the limit the session ends.</summary>
    public void Penalize(PeerOffence offence)
    {
        _context.Meter.Offended(offence.ToString());
        if (Interlocked.Add(ref _offencePoints, OffencePoints.Of(offence)) >= _context.Options.MaxOffencePoints)
        {
            End(DisconnectReason.UselessPeer, $"The peer reached {OffencePointsTotal} offence points; the last offence was {offence}.");
        }
    }

    /// <summary>Ends the session from this side.</summary>
    public void End(DisconnectReason reason, string sentence) => _ending.TrySetResult(new PeerLoss(reason, IsByPeer: false, sentence));

    /// <summary>Serves the peer until either side ends the session, then sends a disconnect and closes the connection.</summary>
    public async Task<PeerLoss> RunAsync(CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = _outbox.RunAsync(closing.Token);
        var reading = ReadAllAsync(closing.Token);
        await using (_context.Time.CreateTimer(_ => Post(BaseProtocol.Ping, BaseProtocol.Empty.ToArray()), null, _context.Options.PingInterval, _context.Options.PingInterval).ConfigureAwait(false))
        {
            using var quitting = cancellationToken.Register(() => End(DisconnectReason.ClientQuitting, "This node is closing."));
            var first = await Task.WhenAny(reading, writing, _ending.Task).ConfigureAwait(false);
            if (first != _ending.Task)
            {
                _ending.TrySetResult(await LossOfAsync(first).ConfigureAwait(false));
            }
        }

        var loss = await _ending.Task.ConfigureAwait(false);
        _requests.Close();
        _outbox.Complete();
        await closing.CancelAsync().ConfigureAwait(false);
        await LossOfAsync(writing).ConfigureAwait(false);
        await SayGoodbyeAsync(loss).ConfigureAwait(false);
        await LossOfAsync(reading).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _memory.Close();
        return loss;
    }

    /// <summary>Maps the expected endings of a loop to a loss; any other exception is a bug and propagates.</summary>
    internal static async Task<PeerLoss> LossOfAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
            return new PeerLoss(DisconnectReason.Requested, IsByPeer: false, "The connection was closed.");
        }
        catch (PeerFaultException fault)
        {
            return new PeerLoss(fault.Reason, IsByPeer: false, fault.Message);
        }
        catch (PeerDisconnectedException goodbye)
        {
            return new PeerLoss(goodbye.Reason, IsByPeer: true, goodbye.Message);
        }
        catch (OperationCanceledException)
        {
            return new PeerLoss(DisconnectReason.ClientQuitting, IsByPeer: false, "This node is closing.");
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            return new PeerLoss(DisconnectReason.TcpError, IsByPeer: false, failure.Message);
        }
    }

    private bool Post(int code, byte[] payload)
    {
        if (_outbox.TryPost(code, payload))
        {
            return true;
        }

        End(DisconnectReason.UselessPeer, "The peer's send queue is full: it does not read its messages.");
        return false;
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await Deadline.RunAsync(
                token => _connection.ReadAsync(EthLimits.MaxMessageBytes, token),
                _context.Options.ReadTimeout,
                _context.Time,
                "The peer sent no message in time.",
                cancellationToken).ConfigureAwait(false);
            if (!_messages.TryTake(1))
            {
                throw new PeerFaultException(DisconnectReason.UselessPeer, $"The peer exceeds {_context.Options.MessagesPerSecond} messages per second.");
            }

            Handle(message);
            _memory.Release(message.Payload.Length);
        }
    }

    private void Handle(WireMessage message)
    {
        switch (message.Code)
        {
            case BaseProtocol.Disconnect:
                throw new PeerDisconnectedException(DisconnectMessage.Decode(message.Payload));
            case BaseProtocol.Ping:
                Post(BaseProtocol.Pong, BaseProtocol.Empty.ToArray());
                break;
            case BaseProtocol.Pong:
                break;
            case int code when code >= _offset && code < _offset + _dialect.MessageCount:
                _service.Handle(Decode(code - _offset, message.Payload));
                break;
            default:
                throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"Message id 0x{message.Code:x2} is outside the negotiated protocols.");
        }
    }

    private EthMessage Decode(int code, byte[] payload) => _dialect.TryDecode(code, payload, out var message, out var failure)
        ? message!
        : throw new PeerFaultException(
            DisconnectReason.SubprotocolError,
            failure.Error == RlpError.None ? $"0x{code:x2} is not a message of eth/{_dialect.Version}." : $"Message 0x{code:x2} of eth/{_dialect.Version} is malformed: {failure}");

    /// <summary>Sends the disconnect. The write loop has ended, so this is the only writer.</summary>
    private async Task SayGoodbyeAsync(PeerLoss loss)
    {
        if (loss.IsByPeer || loss.Reason == DisconnectReason.TcpError)
        {
            return;
        }

        await LossOfAsync(Goodbye.SayAsync(_connection, loss.Reason, _context.Time)).ConfigureAwait(false);
    }
}
