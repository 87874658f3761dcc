using System.Diagnostics.CodeAnalysis;
using Mempulse.Devp2p.Keys;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The dialling side of the handshake, without IO.</summary>
internal sealed class InitiatorHandshake
{
    private readonly NodeKey _key;
    private readonly NodeKey _ephemeral;
    private readonly Hash256 _nonce;

    private InitiatorHandshake(NodeKey key, NodeKey ephemeral, Hash256 nonce, byte[] auth)
    {
        _key = key;
        _ephemeral = ephemeral;
        _nonce = nonce;
        Auth = auth;
    }

    /// <summary>The auth message to send.</summary>
    public byte[] Auth { get; }

    /// <summary>Starts a handshake with the owner of <paramref name="remote"/>; false when the id is not a point on the curve.</summary>
    public static bool TryStart(NodeKey key, NodeId remote, [NotNullWhen(true)] out InitiatorHandshake? handshake)
    {
        handshake = null;
        var ephemeral = NodeKey.Create();
        var nonce = HandshakeNonce.Create();
        Span<byte> token = stackalloc byte[Hash256.Size];
        if (!key.TryAgree(remote, token))
        {
            return false;
        }

        HandshakeNonce.Mix(token, nonce);
        byte[] auth = new AuthMessage(ephemeral.Sign(token), key.Id, nonce).Seal(remote);
        handshake = new InitiatorHandshake(key, ephemeral, nonce, auth);
        return true;
    }

    /// <summary>Reads the ack message and derives the secrets; false when the bytes are not a valid ack.</summary>
    public bool TryFinish(byte[] ack, HandshakeForm form, [NotNullWhen(true)] out SessionSecrets? secrets)
    {
        secrets = null;
        return AckMessage.TryOpen(_key, ack, form, out var message)
            && SessionSecrets.TryDerive(
                _ephemeral, message.EphemeralKey, new HandshakeTranscript(Auth, _nonce, ack, message.Nonce), HandshakeRole.Initiator, out secrets);
    }
}
