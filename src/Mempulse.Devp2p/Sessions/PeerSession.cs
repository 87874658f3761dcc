using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Metrics;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Sessions;

/// <summary>A connected peer: one loop that reads, one that writes, a ping now and then.</summary>
/// <remarks>Owns the connection. <see cref="TryPost"/>, <see cref="RequestAsync{TAnswer}"/> and <see cref="Penalize"/> are for any thread.</remarks>
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

    /// <summary>Points of all offences so far.</summary>
    public int OffencePointsTotal => Volatile.Read(ref _offencePoints);

    /// <summary>Queues a message; a peer that has left too much unread is dropped instead.</summary>
    public bool TryPost(EthMessage message)
    {
        var output = new ByteBuffer(256);
        int code = _dialect.Encode(message, output);
        return Post(_offset + code, output.WrittenSpan.ToArray());
    }

    /// <summary>Asks, and waits for the answer within the request's time limit.</summary>
    public async Task<RequestOutcome<TAnswer>> RequestAsync<TAnswer>(Func<ulong, EthMessage.Exchange> question, CancellationToken cancellationToken)
        where TAnswer : EthMessage.Exchange
    {
        if (_requests.TryAdd(typeof(TAnswer)) is not { } pending)
        {
            return new RequestOutcome<TAnswer>(_ending.Task.IsCompleted ? RequestStatus.PeerGone : RequestStatus.TooManyPending, null);
        }

        try
        {
            if (!TryPost(question(pending.Id)))
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

    /// <summary>Adds an offence; past the limit the peer is dropped.</summary>
    public void Penalize(PeerOffence offence)
    {
        NetworkMetrics.Offended(offence.ToString());
        if (Interlocked.Add(ref _offencePoints, OffencePoints.Of(offence)) >= _context.Options.MaxOffencePoints)
        {
            End(DisconnectReason.UselessPeer, $"The peer has {OffencePointsTotal} offence points, the last for {offence}.");
        }
    }

    /// <summary>Ends the session from this side.</summary>
    public void End(DisconnectReason reason, string sentence) => _ending.TrySetResult(new PeerLoss(reason, IsByPeer: false, sentence));

    /// <summary>Serves the peer until it or this side ends it, then says goodbye and closes.</summary>
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

    /// <summary>Turns the ways in which a loop can end into a loss; a bug is none of them and goes through.</summary>
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

        End(DisconnectReason.UselessPeer, "The peer leaves too much unread.");
        return false;
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await Deadline.RunAsync(
                token => _connection.ReadAsync(EthLimits.MaxMessageBytes, token), _context.Options.ReadTimeout, _context.Time, "The peer is silent.", cancellationToken).ConfigureAwait(false);
            if (!_messages.TryTake(1))
            {
                throw new PeerFaultException(DisconnectReason.UselessPeer, $"The peer sends more than {_context.Options.MessagesPerSecond} messages a second.");
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
                throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"Message 0x{message.Code:x2} is none that was agreed on.");
        }
    }

    private EthMessage Decode(int code, byte[] payload) => _dialect.TryDecode(code, payload, out var message, out var failure)
        ? message!
        : throw new PeerFaultException(DisconnectReason.SubprotocolError, $"Message 0x{code:x2} of eth/{_dialect.Version} is malformed: {failure}");

    /// <summary>The writing loop has ended, so that this is the only writer. Not waited for long: the peer may be gone.</summary>
    private async Task SayGoodbyeAsync(PeerLoss loss)
    {
        if (loss.IsByPeer || loss.Reason == DisconnectReason.TcpError)
        {
            return;
        }

        await LossOfAsync(Goodbye.SayAsync(_connection, loss.Reason, _context.Time)).ConfigureAwait(false);
    }
}
