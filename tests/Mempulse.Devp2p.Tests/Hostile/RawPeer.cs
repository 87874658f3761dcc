using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>A connection to one of our nodes that completed the handshake and can then send any bytes. eth/69.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    /// <summary>The message id offset of eth.</summary>
    public const int EthOffset = BaseProtocol.MessageCount;

    private readonly NetworkStream _stream;
    private readonly RlpxConnection _connection;
    private readonly FrameWriter _writer;

    private RawPeer(NetworkStream stream, RlpxConnection connection, FrameWriter writer)
    {
        _stream = stream;
        _connection = connection;
        _writer = writer;
    }

    /// <exception cref="PeerDisconnectedException">The node refuses the connection.</exception>
    public static async Task<RawPeer> ConnectAsync(TestNode node, CancellationToken token, NodeKey? key = null, Func<EthStatus, EthStatus>? change = null)
    {
        key ??= NodeKey.Create();
        var peer = await ShakeHandsAsync(node, key, token);
        await peer.GreetAsync(key.Id, change, token);
        return peer;
    }

    /// <summary>Opens a connection that has not sent its hello yet.</summary>
    public static async Task<RawPeer> ShakeHandsAsync(TestNode node, NodeKey key, CancellationToken token)
    {
        var self = node.Runtime.Self;
        var stream = await OpenAsync(self, token);
        Assert.True(InitiatorHandshake.TryStart(key, self.Id, out var handshake));
        await stream.WriteAsync(handshake.Auth, token);
        byte[] prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, token);
        byte[] ack = new byte[2 + (prefix[0] << 8) + prefix[1]];
        prefix.CopyTo(ack, 0);
        await stream.ReadExactlyAsync(ack.AsMemory(2), token);
        Assert.True(handshake.TryFinish(ack, HandshakeForm.Eip8, out var secrets));
        return new RawPeer(stream, new RlpxConnection(stream, self.Id, secrets), new FrameWriter(secrets));
    }

    /// <summary>Sends a valid status, after <paramref name="change"/>.</summary>
    public async Task SendStatusAsync(Func<EthStatus, EthStatus>? change, CancellationToken token)
    {
        var (head, chain) = (TestNode.Head, KnownChains.Mainnet);
        var status = new EthStatus { Version = 69, NetworkId = chain.NetworkId, Genesis = chain.Genesis, ForkId = chain.At(head.Point), Head = head.Hash };
        status = change?.Invoke(status) ?? status;
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(new EthMessage.Status(status), output);
        await SendAsync(EthOffset + EthCodes.Status, output.WrittenSpan.ToArray(), token);
    }

    /// <summary>Sends the hello of a node.</summary>
    public Task SendHelloAsync(NodeId id, CancellationToken token) => SendUncompressedAsync(BaseProtocol.Hello, Hello(id), token);

    /// <summary>Reads the hello of the node; what follows is compressed.</summary>
    public async Task ReadHelloAsync(CancellationToken token)
    {
        ThrowIfGoodbye(await _connection.ReadAsync(EthLimits.MaxMessageBytes, token));
        _connection.IsCompressed = true;
    }

    /// <summary>Encodes a hello.</summary>
    public static byte[] Hello(NodeId id) => new HelloMessage(HelloMessage.SnappyVersion, "raw", [new Capability("eth", 69)], 0, id).Encode();

    public async Task SendAsync(int code, byte[] payload, CancellationToken token) => await SendUncompressedAsync(code, SnappyPayload.Compress(payload), token);

    public Task SendUncompressedAsync(int code, byte[] payload, CancellationToken token) =>
        SendFrameAsync([code == 0 ? (byte)0x80 : (byte)code, .. payload], token);

    /// <summary>Sends a frame with this body; flips the last byte of its tag when tampered.</summary>
    public async Task SendFrameAsync(byte[] body, CancellationToken token, bool isTampered = false)
    {
        var output = new ByteBuffer();
        _writer.Write(body, output);
        byte[] frame = output.WrittenSpan.ToArray();
        frame[^1] ^= isTampered ? (byte)0xff : (byte)0;
        await SendRawAsync(frame, token);
    }

    /// <summary>Sends an authentic header for a body of <paramref name="bodyBytes"/>, and only the first <paramref name="sentBytes"/> of that body.</summary>
    public async Task SendFrameStartAsync(int bodyBytes, CancellationToken token, int sentBytes = 0)
    {
        var output = new ByteBuffer();
        _writer.Write(new byte[bodyBytes], output);
        await SendRawAsync(output.WrittenSpan[..(FrameLayout.HeaderAndTagBytes + sentBytes)].ToArray(), token);
    }

    public async Task SendRawAsync(byte[] bytes, CancellationToken token) => await _stream.WriteAsync(bytes, token);

    /// <summary>Reads the next message.</summary>
    public async Task<WireMessage> ReadAsync(CancellationToken token) => await _connection.ReadAsync(EthLimits.MaxMessageBytes, token);

    /// <summary>Reads up to the disconnect and returns its reason.</summary>
    public async Task<DisconnectReason> ReadGoodbyeAsync(CancellationToken token)
    {
        while (true)
        {
            var message = await _connection.ReadAsync(EthLimits.MaxMessageBytes, token);
            if (message.Code == BaseProtocol.Disconnect)
            {
                return DisconnectMessage.Decode(message.Payload);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _writer.Dispose();
    }

    private async Task GreetAsync(NodeId id, Func<EthStatus, EthStatus>? change, CancellationToken token)
    {
        await SendHelloAsync(id, token);
        await ReadHelloAsync(token);
        await SendStatusAsync(change, token);
        ThrowIfGoodbye(await _connection.ReadAsync(EthLimits.MaxMessageBytes, token));
    }

    private static async Task<NetworkStream> OpenAsync(Enode node, CancellationToken token)
    {
        Socket? socket = new(node.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(node.TcpEndPoint, token);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static void ThrowIfGoodbye(WireMessage message)
    {
        if (message.Code == BaseProtocol.Disconnect)
        {
            throw new PeerDisconnectedException(DisconnectMessage.Decode(message.Payload));
        }
    }
}
