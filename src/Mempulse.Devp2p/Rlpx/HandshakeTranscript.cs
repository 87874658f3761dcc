using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>Both handshake messages as sent on the wire, and both nonces.</summary>
internal sealed record HandshakeTranscript(byte[] Auth, Hash256 InitiatorNonce, byte[] Ack, Hash256 RecipientNonce);
