using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Dialing;

/// <summary>Why a connection did not become a peer.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Detail">What happened, in a sentence.</param>
public sealed record DialFailure(DialFailureReason Reason, string Detail);
