using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>A contract that makes pools at addresses that follow from their tokens (EIP-1014), so that a pool is known without asking anybody.</summary>
/// <param name="Contract">The factory.</param>
/// <param name="Protocol">The protocol of its pools, such as "uniswap-v2".</param>
/// <param name="Form">How its pools keep their state.</param>
/// <param name="InitCodeHash">Keccak-256 of the code that creates a pool.</param>
/// <param name="Tiers">The fees at which it makes pools.</param>
public sealed record PoolFactory(Address Contract, string Protocol, PoolForm Form, Hash256 InitCodeHash, IReadOnlyList<PoolTier> Tiers)
{
    private const int WordBytes = UInt256.Size;
    private const byte Create2Prefix = 0xff;

    /// <summary>The address of the pool of two tokens, whether it was created or not.</summary>
    /// <param name="low">The token with the lower address, token 0 of the pool.</param>
    /// <param name="high">The token with the higher address.</param>
    /// <param name="tier">One of <see cref="Tiers"/>.</param>
    public Address PoolOf(in Address low, in Address high, in PoolTier tier)
    {
        Span<byte> creation = stackalloc byte[1 + Address.Size + Hash256.Size + Hash256.Size];
        creation[0] = Create2Prefix;
        Contract.CopyTo(creation[1..]);
        Salt(low, high, tier).CopyTo(creation[(1 + Address.Size)..]);
        InitCodeHash.CopyTo(creation[(1 + Address.Size + Hash256.Size)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(creation).CopyTo(hash);
        return new Address(hash[(Hash256.Size - Address.Size)..]);
    }

    /// <summary>Uniswap V2 packs the tokens; Uniswap V3 encodes them as an ABI does, with the fee.</summary>
    private Hash256 Salt(in Address low, in Address high, in PoolTier tier)
    {
        if (Form == PoolForm.Pair)
        {
            Span<byte> packed = stackalloc byte[2 * Address.Size];
            low.CopyTo(packed);
            high.CopyTo(packed[Address.Size..]);
            return Keccak256.Hash(packed);
        }

        Span<byte> words = stackalloc byte[3 * WordBytes];
        words.Clear();
        low.CopyTo(words[(WordBytes - Address.Size)..]);
        high.CopyTo(words[((2 * WordBytes) - Address.Size)..]);
        UInt256.FromUInt64(tier.Fee).WriteBigEndian(words[(2 * WordBytes)..]);
        return Keccak256.Hash(words);
    }
}
