using Mempulse.Devp2p.Keys;
using Mempulse.Observability;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Wire;

/// <summary>Reads and writes messages over a stream after the RLPx handshake.</summary>
/// <remarks>
/// One reader and one writer at a time. The buffer of a message grows with the bytes received, not with the announced length. Owns the stream. Dispose
/// only after reader and writer have finished.
/// </remarks>
internal sealed class RlpxConnection : IAsyncDisposable
{
    /// <summary>Highest message id: ids are encoded as a single RLP byte.</summary>
    private const int MaxCode = 0x7f;
    private const byte EmptyString = 0x80;
    private const byte ShortList = 0xc0;
    private const int ReadAheadBytes = 16 * 1024;
    private const int KeptBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly BufferedStream _input;
    private readonly FrameReader _frameReader;
    private readonly FrameWriter _frameWriter;
    private readonly byte[] _header = new byte[FrameLayout.HeaderAndTagBytes];
    private byte[] _body = new byte[1024];
    private ByteBuffer _output = new(1024);

    public RlpxConnection(Stream stream, NodeId remote, SessionSecrets secrets)
    {
        _stream = stream;
        _input = new BufferedStream(stream, ReadAheadBytes);
        _frameReader = new FrameReader(secrets);
        _frameWriter = new FrameWriter(secrets);
        Remote = remote;
    }

    /// <summary>The remote key that the handshake authenticated.</summary>
    public NodeId Remote { get; }

    /// <summary>True once both hellos are exchanged; every later payload is compressed.</summary>
    public bool IsCompressed { get; set; }

    /// <summary>The account that pays for messages; null while the session opens, when messages are short.</summary>
    /// <remarks>The reader of a message releases the bytes of its payload when it is done with it.</remarks>
    public MemoryAccount? Memory { get; set; }

    /// <summary>Counts the bytes of frames; null until the session begins to open.</summary>
    public NetworkMeter? Meter { get; set; }

    /// <summary>Reads one message.</summary>
    /// <param name="maxBodyBytes">Longest accepted frame body.</param>
    /// <param name="cancellationToken">Cancels the read; the connection is then unusable.</param>
    /// <exception cref="PeerFaultException">A tag is wrong, the frame is empty or too long, the Snappy block is invalid, or the message id is.</exception>
    /// <exception cref="IOException">The stream failed or ended.</exception>
    public async ValueTask<WireMessage> ReadAsync(int maxBodyBytes, CancellationToken cancellationToken)
    {
        await _input.ReadExactlyAsync(_header, cancellationToken).ConfigureAwait(false);
        if (!_frameReader.TryReadHeader(_header, out int bodyBytes))
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The tag of a frame header is wrong.");
        }

        if (bodyBytes > maxBodyBytes || bodyBytes == 0)
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"{bodyBytes} bytes are not a valid frame body: expected 1 to {maxBodyBytes}.");
        }

        int wireBytes = FrameLayout.Padded(bodyBytes) + FrameMac.TagBytes;
        Meter?.Read(FrameLayout.HeaderAndTagBytes + wireBytes);
        await FillBodyAsync(wireBytes, cancellationToken).ConfigureAwait(false);
        if (!_frameReader.TryReadBody(_body.AsSpan(0, wireBytes)))
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The tag of a frame body is wrong.");
        }

        if (Memory is not null)
        {
            await Memory.TakeAsync(PayloadBytes(_body.AsSpan(0, bodyBytes)), cancellationToken).ConfigureAwait(false);
        }

        var message = Unpack(_body.AsSpan(0, bodyBytes));
        if (_body.Length > KeptBytes)
        {
            Memory?.Release(_body.Length - KeptBytes);
            _body = new byte[KeptBytes];
        }

        return message;
    }

    /// <summary>Sends one message.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public async ValueTask WriteAsync(int code, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, MaxCode);
        var packed = IsCompressed ? SnappyPayload.Compress(payload.Span) : payload;
        byte[] body = new byte[1 + packed.Length];
        body[0] = code == 0 ? EmptyString : (byte)code;
        packed.Span.CopyTo(body.AsSpan(1));
        _output.Clear();
        _frameWriter.Write(body, _output);
        await _stream.WriteAsync(_output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        Meter?.Written(_output.Length);
        if (_output.Length > KeptBytes)
        {
            _output = new ByteBuffer(1024);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _input.DisposeAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _frameReader.Dispose();
        _frameWriter.Dispose();
    }

    private async ValueTask FillBodyAsync(int wireBytes, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < wireBytes)
        {
            if (filled == _body.Length || _body.Length < Math.Min(wireBytes, ReadAheadBytes))
            {
                int grown = Math.Min(Math.Max(_body.Length * 2, ReadAheadBytes), Math.Max(wireBytes, ReadAheadBytes));
                if (Memory is not null && grown > KeptBytes)
                {
                    await Memory.TakeAsync(grown - Math.Max(_body.Length, KeptBytes), cancellationToken).ConfigureAwait(false);
                }

                Array.Resize(ref _body, grown);
            }

            int read = await _input.ReadAsync(_body.AsMemory(filled, Math.Min(wireBytes, _body.Length) - filled), cancellationToken).ConfigureAwait(false);
            filled += read > 0 ? read : throw new EndOfStreamException("The stream ended inside a frame.");
        }
    }

    /// <summary>Length of the payload that <see cref="Unpack"/> returns; 0 when it rejects the body.</summary>
    private int PayloadBytes(ReadOnlySpan<byte> body) =>
        IsPacked(body) ? SnappyPayload.TryReadLength(body[1..], out int length) ? length : 0 : body.Length - 1;

    /// <summary>True for a compressed body. Some clients send the disconnect right after the hellos uncompressed.</summary>
    private bool IsPacked(ReadOnlySpan<byte> body) =>
        IsCompressed && (body[0] != BaseProtocol.Disconnect || (body.Length != 2 && (body.Length == 1 || body[1] < ShortList)));

    private WireMessage Unpack(ReadOnlySpan<byte> body)
    {
        int code = body[0] == EmptyString ? 0 : body[0];
        if (code > MaxCode)
        {
            throw new PeerFaultException(
                DisconnectReason.ProtocolBreach, $"0x{body[0]:x2} is not a valid message id: expected 0x80 or at most 0x{MaxCode:x2}.");
        }

        var payload = body[1..];
        if (!IsPacked(body))
        {
            return new WireMessage(code, payload.ToArray());
        }

        return SnappyPayload.TryDecompress(payload, out byte[] decompressed)
            ? new WireMessage(code, decompressed)
            : throw new PeerFaultException(
                DisconnectReason.ProtocolBreach, $"The payload of message 0x{code:x2} is not a valid Snappy block of at most {SnappyPayload.MaxBytes} bytes.");
    }
}
