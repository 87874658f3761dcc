using System.Net.Sockets;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Hostile;

/// <summary>A connection to a node of ours that has shaken hands properly and can now do anything. eth/69.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    /// <summary>Where the ids of eth start.</summary>
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

    /// <exception cref="PeerDisconnectedException">The node says no.</exception>
    public static async Task<RawPeer> ConnectAsync(TestNode node, CancellationToken token, NodeKey? key = null, ChainForks? forks = null, ulong earliestBlock = 0)
    {
        key ??= NodeKey.Create();
        var chain = forks ?? KnownChains.Mainnet;
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
        var peer = new RawPeer(stream, new RlpxConnection(stream, self.Id, secrets), new FrameWriter(secrets));
        await peer.GreetAsync(key, chain, earliestBlock, token);
        return peer;
    }

    public async Task SendAsync(int code, byte[] payload, CancellationToken token) => await SendUncompressedAsync(code, SnappyPayload.Compress(payload), token);

    public async Task SendUncompressedAsync(int code, byte[] payload, CancellationToken token)
    {
        var output = new ByteBuffer();
        _writer.Write([code == 0 ? (byte)0x80 : (byte)code, .. payload], output);
        await SendRawAsync(output.WrittenSpan.ToArray(), token);
    }

    /// <summary>Sends an authentic header that promises a body, and no body or only its start.</summary>
    public async Task SendFrameStartAsync(int bodyBytes, CancellationToken token, int sentBytes = 0)
    {
        var output = new ByteBuffer();
        _writer.Write(new byte[bodyBytes], output);
        await SendRawAsync(output.WrittenSpan[..(FrameLayout.HeaderAndTagBytes + sentBytes)].ToArray(), token);
    }

    public async Task SendRawAsync(byte[] bytes, CancellationToken token) => await _stream.WriteAsync(bytes, token);

    /// <summary>Reads up to the disconnect and gives its reason.</summary>
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

    private async Task GreetAsync(NodeKey key, ChainForks chain, ulong earliestBlock, CancellationToken token)
    {
        var hello = new HelloMessage(HelloMessage.SnappyVersion, "raw", [new Capability("eth", 69)], 0, key.Id);
        await SendUncompressedAsync(BaseProtocol.Hello, hello.Encode(), token);
        ThrowIfGoodbye(await _connection.ReadAsync(EthLimits.MaxMessageBytes, token));
        _connection.IsCompressed = true;
        var head = TestNode.Head;
        var status = new EthStatus { Version = 69, NetworkId = chain.NetworkId, Genesis = chain.Genesis, ForkId = chain.At(head.Point), Head = head.Hash, EarliestBlock = earliestBlock };
        var output = new ByteBuffer();
        EthDialect.Of(69).Encode(new EthMessage.Status(status), output);
        await SendAsync(EthOffset + EthCodes.Status, output.WrittenSpan.ToArray(), token);
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
