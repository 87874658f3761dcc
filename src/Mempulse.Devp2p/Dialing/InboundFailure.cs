using System.Net;
using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>An inbound connection that did not become a peer.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Id">The public key that the handshake authenticated; null if it was not completed.</param>
/// <param name="Failure">Why.</param>
/// <param name="At">When.</param>
public sealed record InboundFailure(IPEndPoint Address, NodeId? Id, DialFailure Failure, DateTimeOffset At);
