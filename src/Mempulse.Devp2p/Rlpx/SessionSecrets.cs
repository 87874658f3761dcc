using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The secrets of a session after the handshake: the AES and MAC keys and the state of both MACs.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#initial-handshake"/>.</remarks>
internal sealed class SessionSecrets
{
    private SessionSecrets(byte[] aesSecret, byte[] macSecret)
    {
        AesSecret = aesSecret;
        MacSecret = macSecret;
        Egress = new FrameMac(macSecret);
        Ingress = new FrameMac(macSecret);
    }

    public byte[] AesSecret { get; }

    public byte[] MacSecret { get; }

    /// <summary>MAC of sent frames.</summary>
    public FrameMac Egress { get; }

    /// <summary>MAC of received frames.</summary>
    public FrameMac Ingress { get; }

    /// <summary>Derives the secrets for one side; false when the remote ephemeral key is not a point on the curve.</summary>
    public static bool TryDerive(NodeKey ephemeral, NodeId remoteEphemeral, HandshakeTranscript transcript, HandshakeRole role, out SessionSecrets? secrets)
    {
        secrets = null;
        byte[] agreed = new byte[Hash256.Size];
        if (!ephemeral.TryAgree(remoteEphemeral, agreed))
        {
            return false;
        }

        byte[] nonces = Keccak(transcript.RecipientNonce.ToArray(), transcript.InitiatorNonce.ToArray());
        byte[] shared = Keccak(agreed, nonces);
        byte[] aesSecret = Keccak(agreed, shared);
        secrets = new SessionSecrets(aesSecret, Keccak(agreed, aesSecret));
        var (fromInitiator, fromRecipient) = role == HandshakeRole.Initiator ? (secrets.Egress, secrets.Ingress) : (secrets.Ingress, secrets.Egress);
        SetUp(fromInitiator, secrets.MacSecret, transcript.RecipientNonce, transcript.Auth);
        SetUp(fromRecipient, secrets.MacSecret, transcript.InitiatorNonce, transcript.Ack);
        return true;
    }

    private static void SetUp(FrameMac mac, byte[] macSecret, Hash256 nonce, byte[] message)
    {
        byte[] mixed = nonce.ToArray();
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] ^= macSecret[i];
        }

        mac.Absorb(mixed);
        mac.Absorb(message);
    }

    private static byte[] Keccak(byte[] first, byte[] second) => Keccak256.Hash([.. first, .. second]).ToArray();
}
