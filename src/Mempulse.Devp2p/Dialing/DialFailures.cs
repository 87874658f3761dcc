using System.Net.Sockets;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Derives the reason of a failure from the exception that ended the opening of a connection.</summary>
internal static class DialFailures
{
    private const string OtherKey = "its key is not the one in this enode, or it does not accept connections now";

    /// <summary>The failure of a connection that was established.</summary>
    /// <param name="failure">What ended it; null when this node is closing, which is no failure.</param>
    /// <param name="isOutbound">True if we dialled.</param>
    /// <param name="isAnswered">True if the RLPx handshake was completed.</param>
    public static DialFailure? Of(Exception? failure, bool isOutbound, bool isAnswered) => failure switch
    {
        null => null,
        PeerFaultException { DialFailure: not DialFailureReason.Unknown } fault => new DialFailure(fault.DialFailure, fault.Message),
        PeerFaultException { Reason: DisconnectReason.Timeout } when isOutbound && !isAnswered => new DialFailure(
            DialFailureReason.KeyNotAccepted, $"The node accepted the connection and did not answer the handshake in time: {OtherKey}."),
        PeerFaultException { Reason: DisconnectReason.Timeout } => new DialFailure(
            DialFailureReason.HandshakeTimeout, isAnswered ? "The node did not send its hello and its status in time." : "The node did not complete the handshake in time."),
        PeerFaultException fault => new DialFailure(DialFailureReason.ProtocolBreach, fault.Message),
        PeerDisconnectedException goodbye => new DialFailure(Of(goodbye.Reason), Sentence(goodbye.Reason)),
        _ when isOutbound && !isAnswered => new DialFailure(
            DialFailureReason.KeyNotAccepted, $"The node closed the connection instead of answering the handshake: {OtherKey}."),
        _ => new DialFailure(DialFailureReason.ClosedByPeer, "The node closed the connection without a reason."),
    };

    /// <summary>The failure to establish a connection.</summary>
    public static DialFailure Of(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new DialFailure(DialFailureReason.ConnectionRefused, "The connection was refused: nothing listens on this port."),
        SocketError.TimedOut => Timeout,
        _ => new DialFailure(DialFailureReason.Unreachable, $"The address cannot be reached: {failure.Message}."),
    };

    /// <summary>The node did not accept the connection within the limit.</summary>
    public static DialFailure Timeout { get; } = new(DialFailureReason.ConnectTimeout, "The node did not accept the connection in time.");

    private static DialFailureReason Of(DisconnectReason reason) => reason switch
    {
        DisconnectReason.TooManyPeers => DialFailureReason.TooManyPeers,
        DisconnectReason.UselessPeer => DialFailureReason.UselessPeer,
        DisconnectReason.AlreadyConnected => DialFailureReason.AlreadyConnected,
        DisconnectReason.SelfConnection => DialFailureReason.SelfConnection,
        DisconnectReason.UnexpectedIdentity or DisconnectReason.NullIdentity => DialFailureReason.KeyMismatch,
        DisconnectReason.IncompatibleVersion => DialFailureReason.NoCommonProtocol,
        DisconnectReason.SubprotocolError => DialFailureReason.StatusRefused,
        DisconnectReason.Timeout => DialFailureReason.HandshakeTimeout,
        _ => DialFailureReason.ClosedByPeer,
    };

    private static string Sentence(DisconnectReason reason) => reason switch
    {
        DisconnectReason.TooManyPeers => "The node has no room for another peer.",
        DisconnectReason.UselessPeer => "The node does not want this node as a peer: it offers nothing that the node needs, or it was banned there.",
        DisconnectReason.SubprotocolError => "The node refused our status: its network, genesis or forks differ from ours.",
        _ => $"The node ended the connection: {reason}.",
    };
}
