using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Transactions;

/// <summary>An EIP-7702 authorisation tuple with its signature, which is not verified yet.</summary>
/// <param name="ChainId">The chain it is valid on; 0 for every chain. 256 bits, as the EIP allows.</param>
/// <param name="Delegate">The account whose code the authority delegates to.</param>
/// <param name="Nonce">The nonce that the authority must have.</param>
/// <param name="Signature">The authority's signature; the parity may be any byte.</param>
public readonly record struct SignedAuthorization(UInt256 ChainId, Address Delegate, Nonce Nonce, EcdsaSignature Signature)
{
    /// <summary>Largest encoding of chain id, address and nonce in bytes, each with its header.</summary>
    private const int MaxFieldBytes = 33 + 21 + 9;

    /// <summary>Recovers the authority, which is the signer.</summary>
    /// <returns>False for a tuple that the EIP skips: a high s, a value out of range, no matching key, or a nonce of 2^64 - 1.</returns>
    public bool TryRecoverAuthority(ISenderRecovery recovery, out Address authority)
    {
        authority = default;
        return Signature.HasLowS
            && Nonce.Value < Eip2681.NonceLimit
            && recovery.TryRecover(SigningHash(), Signature, out authority);
    }

    /// <summary>Computes the hash that the authority signs: keccak256(MAGIC || rlp([chain_id, address, nonce])).</summary>
    public Hash256 SigningHash()
    {
        Span<byte> fields = stackalloc byte[MaxFieldBytes];
        int length = RlpInteger.Write(ChainId, fields);
        fields[length++] = RlpInteger.ShortString + Address.Size;
        Delegate.CopyTo(fields[length..]);
        length += Address.Size;
        length += RlpInteger.Write(Nonce.Value, fields[length..]);

        Span<byte> prefix = stackalloc byte[1 + RlpWriter.MaxHeaderBytes];
        prefix[0] = Eip7702.Magic;
        int headerBytes = RlpWriter.WriteListHeader(prefix[1..], length);
        var sponge = new KeccakSponge();
        sponge.Absorb(prefix[..(1 + headerBytes)]);
        sponge.Absorb(fields[..length]);
        return sponge.Finish();
    }

    internal static SignedAuthorization Read(scoped ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var chainId = reader.ReadUInt256();
        var target = reader.ReadAddress();
        var nonce = new Nonce(reader.ReadUInt64());
        int parityAt = reader.PositionBytes;
        ulong parity = reader.ReadUInt64();
        if (parity > byte.MaxValue)
        {
            reader.Fail(RlpError.IntegerTooWide, parityAt);
            parity = 0;
        }

        var signature = new EcdsaSignature(reader.ReadUInt256(), reader.ReadUInt256(), (byte)parity);
        reader.LeaveList(outer);
        return new SignedAuthorization(chainId, target, nonce, signature);
    }
}
