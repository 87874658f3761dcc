using System.Net;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Sessions;

/// <summary>From the encryption handshake to a peer: hellos, versions, statuses.</summary>
internal sealed class SessionOpening(RlpxConnection connection, SessionContext context)
{
    /// <summary>Exchanges hellos and statuses and checks that both are on one chain.</summary>
    /// <exception cref="PeerFaultException">The peer is of no use or breaks the protocol.</exception>
    /// <exception cref="PeerDisconnectedException">It says that we are of no use to it.</exception>
    public async Task<PeerSession> RunAsync(IPEndPoint address, PeerDirection direction, CancellationToken cancellationToken)
    {
        var hello = await ExchangeHelloAsync(cancellationToken).ConfigureAwait(false);
        var offered = EthDialect.Spoken.Where(dialect => context.EthVersions.Contains(dialect.Version));
        var shared = new SharedCapabilities(offered.Select(dialect => (dialect.Capability, dialect.MessageCount)), hello.Capabilities);
        var (version, offset, _) = shared.Find(EthDialect.Name)
            ?? throw new PeerFaultException(DisconnectReason.UselessPeer, $"{hello.ClientName} offers {string.Join(", ", hello.Capabilities)}, of which nothing is spoken here.");
        connection.IsCompressed = hello.BaseVersion >= HelloMessage.SnappyVersion;

        var dialect = EthDialect.Of(version);
        var status = await ExchangeStatusAsync(dialect, offset, cancellationToken).ConfigureAwait(false);
        Check(status, version);
        var peer = new PeerDescription(connection.Remote, address, direction, hello.ClientName, version, status);
        return new PeerSession(connection, peer, dialect, offset, context);
    }

    private async Task<HelloMessage> ExchangeHelloAsync(CancellationToken cancellationToken)
    {
        var capabilities = context.EthVersions.Select(version => new Capability(EthDialect.Name, version)).ToList();
        var own = new HelloMessage(HelloMessage.SnappyVersion, context.ClientName, capabilities, (ulong)context.ListenPort, context.Key.Id);
        await connection.WriteAsync(BaseProtocol.Hello, own.Encode(), cancellationToken).ConfigureAwait(false);

        var message = await connection.ReadAsync(BaseProtocol.MaxHelloBytes, cancellationToken).ConfigureAwait(false);
        ThrowIfDisconnect(message);
        if (message.Code != BaseProtocol.Hello || !HelloMessage.TryDecode(message.Payload, out var hello))
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"Message 0x{message.Code:x2} came where a hello was due.");
        }

        if (hello!.Id != connection.Remote)
        {
            throw new PeerFaultException(DisconnectReason.UnexpectedIdentity, "The hello states another id than the handshake proved.");
        }

        return hello.Id == context.Key.Id
            ? throw new PeerFaultException(DisconnectReason.SelfConnection, "This node has dialled itself.")
            : hello;
    }

    private async Task<EthStatus> ExchangeStatusAsync(EthDialect dialect, int offset, CancellationToken cancellationToken)
    {
        var head = context.Head;
        var own = new EthStatus
        {
            Version = dialect.Version,
            NetworkId = context.Forks.NetworkId,
            Genesis = context.Forks.Genesis,
            ForkId = context.Forks.At(head.Point),
            Head = head.Hash,
            TotalDifficulty = head.TotalDifficulty,
            EarliestBlock = head.Point.Block,
            LatestBlock = head.Point.Block,
        };
        var output = new ByteBuffer(256);
        int code = dialect.Encode(new EthMessage.Status(own), output);
        await connection.WriteAsync(offset + code, output.WrittenMemory, cancellationToken).ConfigureAwait(false);

        while (true) // bounded by the handshake's time limit
        {
            var message = await connection.ReadAsync(BaseProtocol.MaxHelloBytes, cancellationToken).ConfigureAwait(false);
            ThrowIfDisconnect(message);
            if (message.Code == BaseProtocol.Ping)
            {
                await connection.WriteAsync(BaseProtocol.Pong, BaseProtocol.Empty, cancellationToken).ConfigureAwait(false);
            }
            else if (message.Code == offset + EthCodes.Status && dialect.TryDecode(EthCodes.Status, message.Payload, out var decoded, out _) && decoded is EthMessage.Status { Chain: var status })
            {
                return status;
            }
            else if (message.Code != BaseProtocol.Pong)
            {
                throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"Message 0x{message.Code:x2} came where a status of eth/{dialect.Version} was due.");
            }
        }
    }

    private void Check(EthStatus status, ulong version)
    {
        string? difference = status switch
        {
            _ when status.Version != version => $"says eth/{status.Version} where eth/{version} was agreed",
            _ when status.NetworkId != context.Forks.NetworkId => $"is on network {status.NetworkId}, not {context.Forks.NetworkId}",
            _ when status.Genesis != context.Forks.Genesis => $"has the genesis {status.Genesis}",
            _ when context.Forks.Check(status.ForkId, context.Head.Point) is var fork and not ForkCompatibility.Compatible => $"has a fork id that does not fit: {fork}",
            _ when status.EarliestBlock > status.LatestBlock => "has a range of blocks that ends before it starts",
            _ => null,
        };
        if (difference is not null)
        {
            throw new PeerFaultException(DisconnectReason.SubprotocolError, $"The peer {difference}.");
        }
    }

    private static void ThrowIfDisconnect(WireMessage message)
    {
        if (message.Code == BaseProtocol.Disconnect)
        {
            throw new PeerDisconnectedException(DisconnectMessage.Decode(message.Payload));
        }
    }
}
