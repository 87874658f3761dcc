using System.Buffers.Binary;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p.Wire;

/// <summary>Performs the RLPx handshake over a stream, for either side.</summary>
/// <remarks>The caller's token carries the time limit, which also cuts off a peer that sends byte by byte.</remarks>
internal static class RlpxHandshake
{
    /// <summary>Performs the initiator's side with the owner of <paramref name="remote"/>.</summary>
    /// <exception cref="PeerFaultException">The remote id is not a valid key, or the answer is not a valid ack message.</exception>
    /// <exception cref="IOException">The stream failed or ended.</exception>
    public static async Task<RlpxConnection> DialAsync(Stream stream, NodeKey key, NodeId remote, CancellationToken cancellationToken)
    {
        if (!InitiatorHandshake.TryStart(key, remote, out var handshake))
        {
            throw new PeerFaultException(DisconnectReason.NullIdentity, "The id of the dialled node is not a valid public key: expected a point on secp256k1.")
            {
                DialFailure = DialFailureReason.KeyMismatch,
            };
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
            : throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The bytes are not a valid ack message for this handshake.");
    }

    /// <summary>Performs the recipient's side.</summary>
    /// <exception cref="PeerFaultException">The bytes are not a valid auth message for this key, or replay an earlier one.</exception>
    /// <exception cref="IOException">The stream failed or ended.</exception>
    public static async Task<RlpxConnection> AcceptAsync(Stream stream, NodeKey key, ReplayGuard guard, CancellationToken cancellationToken)
    {
        var message = await ReadMessageAsync(stream, AuthMessage.LegacyBytes, cancellationToken).ConfigureAwait(false);
        byte[] auth = message.Bytes;
        var handshake = message.Form == HandshakeForm.Legacy ? Answer(key, guard, auth, HandshakeForm.Legacy) : null;
        if (handshake is null)
        {
            auth = await CompleteAsync(stream, message, cancellationToken).ConfigureAwait(false);
            handshake = Answer(key, guard, auth, HandshakeForm.Eip8)
                ?? throw new PeerFaultException(DisconnectReason.ProtocolBreach, "The bytes are not a valid auth message for the key of this node.")
                {
                    DialFailure = DialFailureReason.KeyMismatch,
                };
        }

        if (!guard.TryAdd(Keccak256.Hash(auth)))
        {
            throw Replay();
        }

        await stream.WriteAsync(handshake.Ack, cancellationToken).ConfigureAwait(false);
        return new RlpxConnection(stream, handshake.Initiator, handshake.Secrets);
    }

    /// <summary>Answers an auth message; null when it is not valid for this key. A replay is refused before the curve operations.</summary>
    private static RecipientHandshake? Answer(NodeKey key, ReplayGuard guard, byte[] auth, HandshakeForm form)
    {
        if (guard.Contains(Keccak256.Hash(auth)))
        {
            throw Replay();
        }

        RecipientHandshake.TryAnswer(key, auth, form, out var handshake);
        return handshake;
    }

    private static PeerFaultException Replay() => new(DisconnectReason.ProtocolBreach, "The auth message is a replay: it was received before.");

    /// <summary>Reads enough to determine the form: a complete legacy-sized message, or the length prefix of an EIP-8 one.</summary>
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

    /// <summary>Reads the remainder of an EIP-8 message.</summary>
    private static async Task<byte[]> CompleteAsync(Stream stream, (HandshakeForm Form, byte[] Bytes) message, CancellationToken cancellationToken)
    {
        int length = HandshakeEnvelope.PrefixBytes + BinaryPrimitives.ReadUInt16BigEndian(message.Bytes);
        if (length > HandshakeEnvelope.MaxBytes || length < message.Bytes.Length)
        {
            throw new PeerFaultException(
                DisconnectReason.ProtocolBreach,
                $"{length} bytes are not a valid handshake message: expected {message.Bytes.Length} to {HandshakeEnvelope.MaxBytes}.");
        }

        byte[] whole = new byte[length];
        message.Bytes.CopyTo(whole, 0);
        await stream.ReadExactlyAsync(whole.AsMemory(message.Bytes.Length), cancellationToken).ConfigureAwait(false);
        return whole;
    }
}
