using System.Diagnostics.CodeAnalysis;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The accepting side of the handshake, without IO.</summary>
internal sealed record RecipientHandshake(NodeId Initiator, Hash256 InitiatorNonce, byte[] Ack, SessionSecrets Secrets)
{
    /// <summary>Reads the auth message and creates the ack and the secrets; false when the bytes are not a valid auth message for this key.</summary>
    public static bool TryAnswer(NodeKey key, byte[] auth, HandshakeForm form, [NotNullWhen(true)] out RecipientHandshake? handshake)
    {
        handshake = null;
        if (!AuthMessage.TryOpen(key, auth, form, out var message) || !TryRecoverEphemeral(key, message, out var remoteEphemeral))
        {
            return false;
        }

        var ephemeral = NodeKey.Create();
        var nonce = HandshakeNonce.Create();
        byte[] ack = new AckMessage(ephemeral.Id, nonce).Seal(message.Initiator, form);
        var transcript = new HandshakeTranscript(auth, message.Nonce, ack, nonce);
        if (!SessionSecrets.TryDerive(ephemeral, remoteEphemeral, transcript, HandshakeRole.Recipient, out var secrets))
        {
            return false;
        }

        handshake = new RecipientHandshake(message.Initiator, message.Nonce, ack, secrets!);
        return true;
    }

    /// <summary>Recovers the initiator's ephemeral key, which signed the static shared secret XOR the nonce.</summary>
    internal static bool TryRecoverEphemeral(NodeKey key, AuthMessage message, out NodeId ephemeral)
    {
        ephemeral = message.Initiator;
        Span<byte> token = stackalloc byte[Hash256.Size];
        Span<byte> publicKey = stackalloc byte[NodeId.Size];
        if (!key.TryAgree(message.Initiator, token))
        {
            return false;
        }

        HandshakeNonce.Mix(token, message.Nonce);
        if (!Secp256k1.TryRecover(token, message.Signature, publicKey))
        {
            return false;
        }

        ephemeral = new NodeId(publicKey);
        return true;
    }
}
