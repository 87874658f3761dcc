using System.Net;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Opens a session after the RLPx handshake: exchanges hellos, negotiates the version, exchanges statuses.</summary>
internal sealed class SessionOpening(RlpxConnection connection, SessionContext context)
{
    /// <summary>Exchanges hellos and statuses and verifies that the peer is on our chain.</summary>
    /// <exception cref="PeerFaultException">The peer is useless to us or breaks the protocol.</exception>
    /// <exception cref="PeerDisconnectedException">The peer disconnected.</exception>
    public async Task<PeerSession> RunAsync(IPEndPoint address, PeerDirection direction, CancellationToken cancellationToken)
    {
        connection.Meter = context.Meter;
        var hello = await ExchangeHelloAsync(cancellationToken).ConfigureAwait(false);
        var offered = EthDialect.Supported.Where(dialect => context.EthVersions.Contains(dialect.Version));
        var shared = new SharedCapabilities(offered.Select(dialect => (dialect.Capability, dialect.MessageCount)), hello.Capabilities);
        var (version, offset, _) = shared.Find(EthDialect.Name)
            ?? throw new PeerFaultException(
                DisconnectReason.UselessPeer, $"No common version of eth: {hello.ClientName} offers {string.Join(", ", hello.Capabilities)}.")
            {
                DialFailure = DialFailureReason.NoCommonProtocol,
            };
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
            throw new PeerFaultException(
                DisconnectReason.ProtocolBreach, $"Message 0x{message.Code:x2} is not a valid hello: expected 0x00 and a hello payload.");
        }

        if (hello!.Id != connection.Remote)
        {
            throw new PeerFaultException(DisconnectReason.UnexpectedIdentity, "The id in the hello differs from the key that the handshake authenticated.")
            {
                DialFailure = DialFailureReason.KeyMismatch,
            };
        }

        return hello.Id == context.Key.Id
            ? throw new PeerFaultException(DisconnectReason.SelfConnection, "The peer is this node itself.") { DialFailure = DialFailureReason.SelfConnection }
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

        while (true) // bounded by the handshake timeout
        {
            var message = await connection.ReadAsync(BaseProtocol.MaxHelloBytes, cancellationToken).ConfigureAwait(false);
            ThrowIfDisconnect(message);
            if (message.Code == BaseProtocol.Ping)
            {
                await connection.WriteAsync(BaseProtocol.Pong, BaseProtocol.Empty, cancellationToken).ConfigureAwait(false);
            }
            else if (message.Code == offset + EthCodes.Status
                && dialect.TryDecode(EthCodes.Status, message.Payload, out var decoded, out _)
                && decoded is EthMessage.Status { Chain: var status })
            {
                return status;
            }
            else if (message.Code != BaseProtocol.Pong)
            {
                throw new PeerFaultException(
                    DisconnectReason.ProtocolBreach,
                    $"Message 0x{message.Code:x2} is not a valid status of eth/{dialect.Version}: expected 0x{offset + EthCodes.Status:x2} and a status payload.");
            }
        }
    }

    private void Check(EthStatus status, ulong version)
    {
        var (reason, difference) = status switch
        {
            _ when status.Version != version => (DialFailureReason.ProtocolBreach, $"states eth/{status.Version}, but eth/{version} was negotiated"),
            _ when status.NetworkId != context.Forks.NetworkId => (DialFailureReason.WrongNetwork, $"is on network {status.NetworkId}, not {context.Forks.NetworkId}"),
            _ when status.Genesis != context.Forks.Genesis => (DialFailureReason.WrongGenesis, $"has genesis {status.Genesis}, not {context.Forks.Genesis}"),
            _ => Check(status.ForkId) ?? RangeProblem(status, version),
        };
        if (difference.Length > 0)
        {
            throw new PeerFaultException(DisconnectReason.SubprotocolError, $"The peer {difference}.") { DialFailure = reason };
        }
    }

    private (DialFailureReason Reason, string Difference)? Check(ForkId remote)
    {
        var point = context.Head.Point;
        string both = $"its fork id is {remote}, ours is {context.Forks.At(point)} at block {point.Block}";
        return context.Forks.Check(remote, point) switch
        {
            ForkCompatibility.Compatible => null,
            ForkCompatibility.RemoteStale => (DialFailureReason.RemoteForksStale, $"has not passed a fork that our chain has passed: {both}"),
            _ => (DialFailureReason.LocalForksIncompatible, $"follows forks that are not those of our settings, or another chain: {both}"),
        };
    }

    /// <summary>EIP-7642 requires a block range with a valid head.</summary>
    private static (DialFailureReason Reason, string Difference) RangeProblem(EthStatus status, ulong version) =>
        version >= EthDialect.FirstVersionWithRanges && BlockRange.Problem(status.EarliestBlock, status.LatestBlock, status.Head) is { } problem
            ? (DialFailureReason.ProtocolBreach, $"states a block range {problem}")
            : (DialFailureReason.Unknown, string.Empty);

    private static void ThrowIfDisconnect(WireMessage message)
    {
        if (message.Code == BaseProtocol.Disconnect)
        {
            throw new PeerDisconnectedException(DisconnectMessage.Decode(message.Payload));
        }
    }
}
