using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>Both messages as they went over the wire, and both nonces.</summary>
internal sealed record HandshakeTranscript(byte[] Auth, Hash256 InitiatorNonce, byte[] Ack, Hash256 RecipientNonce);
