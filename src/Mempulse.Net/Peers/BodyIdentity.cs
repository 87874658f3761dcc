using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>The identity of a body, read without decoding it.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Type">Its EIP-2718 type; 0 for a legacy transaction.</param>
/// <param name="SizeBytes">Its size as received.</param>
internal readonly record struct BodyIdentity(Hash256 Hash, byte Type, uint SizeBytes)
{
    /// <summary>The lowest first byte of an RLP list, which is a legacy transaction (EIP-2718).</summary>
    private const byte FirstLegacyByte = 0xc0;

    /// <summary>Reads the identity. Returns false for bytes that cannot be a transaction.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out BodyIdentity identity)
    {
        identity = default;
        if (body.IsEmpty || body[0] is >= 0x80 and < FirstLegacyByte)
        {
            return false;
        }

        byte type = body[0] >= FirstLegacyByte ? (byte)0 : body[0];
        if (!TryHash(body, type, out var hash))
        {
            return false;
        }

        identity = new BodyIdentity(hash, type, (uint)body.Length);
        return true;
    }

    /// <summary>The hash of a blob transaction in network form covers the form in a block: type and transaction, without the blobs.</summary>
    private static bool TryHash(ReadOnlySpan<byte> body, byte type, out Hash256 hash)
    {
        if (type != TxClaim.BlobType)
        {
            hash = Keccak256.Hash(body);
            return true;
        }

        var reader = new RlpReader(body[1..]);
        reader.EnterList();
        if (!reader.IsNextList)
        {
            hash = Keccak256.Hash(body);
            return !reader.Failed;
        }

        var sponge = new KeccakSponge();
        sponge.Absorb(body[..1]);
        sponge.Absorb(reader.ReadItem());
        hash = sponge.Finish();
        return !reader.Failed;
    }
}
