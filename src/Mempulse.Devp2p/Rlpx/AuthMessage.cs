using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>The initiator's handshake message: its static key, a nonce, and a signature by its ephemeral key.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#initial-handshake"/>, EIP-8.</remarks>
internal sealed record AuthMessage(byte[] Signature, NodeId Initiator, Hash256 Nonce)
{
    /// <summary>Length of the encrypted legacy form.</summary>
    public const int LegacyBytes = LegacyPlainBytes + Ecies.OverheadBytes;

    private const int LegacyPlainBytes = Secp256k1.SignatureBytes + Hash256.Size + NodeId.Size + Hash256.Size + 1;

    /// <summary>Encrypts the EIP-8 form for the owner of <paramref name="recipient"/>, with the length prefix.</summary>
    public byte[] Seal(NodeId recipient)
    {
        var plain = new ByteBuffer(512);
        var writer = new RlpWriter(plain);
        int list = writer.BeginList();
        writer.Write(Signature);
        writer.Write(Initiator.ToArray());
        writer.Write(Nonce);
        writer.Write(HandshakeEnvelope.Version);
        writer.EndList(list);
        return HandshakeEnvelope.Seal(recipient, plain);
    }

    /// <summary>Decrypts and decodes a complete message of the given form; false for any other bytes.</summary>
    public static bool TryOpen(NodeKey recipient, ReadOnlySpan<byte> message, HandshakeForm form, out AuthMessage auth)
    {
        auth = new AuthMessage([], recipient.Id, default);
        if (!HandshakeEnvelope.TryOpen(recipient, message, form, out byte[] plain))
        {
            return false;
        }

        return form == HandshakeForm.Eip8 ? TryReadList(plain, ref auth) : TryReadFixed(plain, ref auth);
    }

    private static bool TryReadList(ReadOnlySpan<byte> plain, ref AuthMessage auth)
    {
        // EIP-8: ignore the version, additional list items and trailing bytes.
        var reader = new RlpReader(plain);
        reader.EnterList();
        var signature = reader.ReadFixed(Secp256k1.SignatureBytes);
        var initiator = reader.ReadFixed(NodeId.Size);
        var nonce = reader.ReadHash();
        if (reader.Failed)
        {
            return false;
        }

        auth = new AuthMessage(signature.ToArray(), new NodeId(initiator), nonce);
        return true;
    }

    private static bool TryReadFixed(ReadOnlySpan<byte> plain, ref AuthMessage auth)
    {
        if (plain.Length != LegacyPlainBytes)
        {
            return false;
        }

        int at = Secp256k1.SignatureBytes + Hash256.Size; // skips the hash of the ephemeral key: the signature yields the key itself
        auth = new AuthMessage(
            plain[..Secp256k1.SignatureBytes].ToArray(),
            new NodeId(plain.Slice(at, NodeId.Size)),
            new Hash256(plain.Slice(at + NodeId.Size, Hash256.Size)));
        return true;
    }
}
