using System.Buffers.Binary;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;

namespace Mempulse.Devp2p.Wire;

/// <summary>The encryption handshake over a stream, for both sides.</summary>
/// <remarks>The caller's token carries the time limit: a peer that dribbles its bytes is cut off as one that sends none.</remarks>
internal static class RlpxHandshake
{
    /// <summary>Speaks first, to the owner of <paramref name="remote"/>.</summary>
    /// <exception cref="PeerFaultException">The answer is none.</exception>
    /// <exception cref="IOException">The stream failed or ended.</exception>
    public static async Task<RlpxConnection> DialAsync(Stream stream, NodeKey key, NodeId remote, CancellationToken cancellationToken)
    {
        if (!InitiatorHandshake.TryStart(key, remote, out var handshake))
        {
            throw new PeerFaultException(DisconnectReason.NullIdentity, "The id of the node to be dialled is no point of the curve.");
        }

        await stream.WriteAsync(handshake.Auth, cancellationToken).ConfigureAwait(false);
        var message = await ReadMessageAsync(stream, AckMessage.LegacyBytes, cancellationToken).ConfigureAwait(false);
        if (message.Form == HandshakeForm.Legacy && handshake.TryFinish(message.Bytes, HandshakeForm.Legacy, out var secrets))
        {
            return new RlpxConnection(stream, remote, secrets);
        }

        byte[] whole = await CompleteAsync(stream, message, cancellationToken).ConfigureAwait(false);
        return handshake.TryFinish(whole, HandshakeForm.Eip8, out secrets)
            ? new RlpxConnection(stream, remote, secrets)
            : throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The answer to the handshake does not decrypt.");
    }

    /// <summary>Waits for the other side to speak.</summary>
    /// <exception cref="PeerFaultException">What came is no handshake for this key, or one that was heard before.</exception>
    /// <exception cref="IOException">The stream failed or ended.</exception>
    public static async Task<RlpxConnection> AcceptAsync(Stream stream, NodeKey key, ReplayGuard guard, CancellationToken cancellationToken)
    {
        var message = await ReadMessageAsync(stream, AuthMessage.LegacyBytes, cancellationToken).ConfigureAwait(false);
        if (message.Form != HandshakeForm.Legacy || !RecipientHandshake.TryAnswer(key, message.Bytes, HandshakeForm.Legacy, out var handshake))
        {
            byte[] whole = await CompleteAsync(stream, message, cancellationToken).ConfigureAwait(false);
            if (!RecipientHandshake.TryAnswer(key, whole, HandshakeForm.Eip8, out handshake))
            {
                throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The first message is no handshake for this node.");
            }
        }

        if (!guard.TryAdd(handshake.InitiatorNonce))
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The first message was heard before: it is a replay.");
        }

        await stream.WriteAsync(handshake.Ack, cancellationToken).ConfigureAwait(false);
        return new RlpxConnection(stream, handshake.Initiator, handshake.Secrets);
    }

    /// <summary>Reads as much as tells the form: the whole of a legacy message, or the length of the other.</summary>
    private static async Task<(HandshakeForm Form, byte[] Bytes)> ReadMessageAsync(Stream stream, int legacyBytes, CancellationToken cancellationToken)
    {
        byte[] start = new byte[legacyBytes];
        await stream.ReadExactlyAsync(start.AsMemory(0, HandshakeEnvelope.PrefixBytes), cancellationToken).ConfigureAwait(false);
        if (start[0] != Ecies.Prefix)
        {
            return (HandshakeForm.Eip8, start[..HandshakeEnvelope.PrefixBytes]);
        }

        await stream.ReadExactlyAsync(start.AsMemory(HandshakeEnvelope.PrefixBytes), cancellationToken).ConfigureAwait(false);
        return (HandshakeForm.Legacy, start);
    }

    /// <summary>Reads the rest of an EIP-8 message.</summary>
    private static async Task<byte[]> CompleteAsync(Stream stream, (HandshakeForm Form, byte[] Bytes) message, CancellationToken cancellationToken)
    {
        int length = HandshakeEnvelope.PrefixBytes + BinaryPrimitives.ReadUInt16BigEndian(message.Bytes);
        if (length > HandshakeEnvelope.MaxBytes || length < message.Bytes.Length)
        {
            throw new PeerFaultException(DisconnectReason.ProtocolBreach, $"A handshake message promises {length} bytes; at most {HandshakeEnvelope.MaxBytes} are accepted.");
        }

        byte[] whole = new byte[length];
        message.Bytes.CopyTo(whole, 0);
        await stream.ReadExactlyAsync(whole.AsMemory(message.Bytes.Length), cancellationToken).ConfigureAwait(false);
        return whole;
    }
}
