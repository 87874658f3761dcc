using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Why this node does not admit a peer.</summary>
/// <param name="Goodbye">The reason sent to the peer.</param>
/// <param name="Reason">The reason on record here.</param>
/// <param name="Detail">The reason in a sentence.</param>
internal sealed record Refusal(DisconnectReason Goodbye, DialFailureReason Reason, string Detail)
{
    /// <summary>The exception that ends the connection with this reason.</summary>
    public PeerFaultException ToException() => new(Goodbye, Detail) { DialFailure = Reason };
}
