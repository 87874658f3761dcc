using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The recipient's handshake message: its ephemeral key and a nonce.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#initial-handshake"/>, EIP-8.</remarks>
internal sealed record AckMessage(NodeId EphemeralKey, Hash256 Nonce)
{
    /// <summary>Length of the encrypted legacy form.</summary>
    public const int LegacyBytes = LegacyPlainBytes + Ecies.OverheadBytes;

    private const int LegacyPlainBytes = NodeId.Size + Hash256.Size + 1;

    /// <summary>Encrypts the message for the initiator, in the form that the initiator used.</summary>
    public byte[] Seal(NodeId initiator, HandshakeForm form)
    {
        if (form == HandshakeForm.Legacy)
        {
            Span<byte> fixedPlain = stackalloc byte[LegacyPlainBytes];
            EphemeralKey.CopyTo(fixedPlain);
            Nonce.CopyTo(fixedPlain[NodeId.Size..]);
            fixedPlain[^1] = 0;
            return Ecies.Encrypt(initiator, fixedPlain, []);
        }

        var plain = new ByteBuffer(512);
        var writer = new RlpWriter(plain);
        int list = writer.BeginList();
        writer.Write(EphemeralKey.ToArray());
        writer.Write(Nonce);
        writer.Write(HandshakeEnvelope.Version);
        writer.EndList(list);
        return HandshakeEnvelope.Seal(initiator, plain);
    }

    /// <summary>Decrypts and decodes a complete message of the given form; false for any other bytes.</summary>
    public static bool TryOpen(NodeKey initiator, ReadOnlySpan<byte> message, HandshakeForm form, out AckMessage ack)
    {
        ack = new AckMessage(initiator.Id, default);
        if (!HandshakeEnvelope.TryOpen(initiator, message, form, out byte[] plain))
        {
            return false;
        }

        if (form == HandshakeForm.Legacy)
        {
            bool isWhole = plain.Length == LegacyPlainBytes;
            ack = isWhole ? new AckMessage(new NodeId(plain.AsSpan(0, NodeId.Size)), new Hash256(plain.AsSpan(NodeId.Size, Hash256.Size))) : ack;
            return isWhole;
        }

        var reader = new RlpReader(plain);
        reader.EnterList();
        var key = reader.ReadFixed(NodeId.Size);
        var nonce = reader.ReadHash();
        ack = reader.Failed ? ack : new AckMessage(new NodeId(key), nonce);
        return !reader.Failed;
    }
}
