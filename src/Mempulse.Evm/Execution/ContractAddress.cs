using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>Computes the address of a new contract.</summary>
public static class ContractAddress
{
    private const int MaxListBytes = 64;

    /// <summary>CREATE: the address from creator and nonce. Yellow Paper, section 7.</summary>
    public static Address OfNonce(in Address creator, ulong nonce)
    {
        Span<byte> list = stackalloc byte[MaxListBytes];
        int nonceBytes = nonce < 0x80 ? 1 : 1 + ByteLength(nonce);
        int content = 1 + Address.Size + nonceBytes;
        list[0] = (byte)(0xc0 + content);
        list[1] = 0x80 + Address.Size;
        creator.CopyTo(list[2..]);
        var tail = list[(2 + Address.Size)..];
        if (nonce is > 0 and < 0x80)
        {
            tail[0] = (byte)nonce;
        }
        else
        {
            int length = ByteLength(nonce);
            tail[0] = (byte)(0x80 + length);
            for (int i = 0; i < length; i++)
            {
                tail[1 + i] = unchecked((byte)(nonce >> (8 * (length - 1 - i)))); // truncates to the lowest byte
            }
        }

        return OfHash(Keccak256.Hash(list[..(1 + content)]));
    }

    /// <summary>CREATE2: the address from creator, salt and initcode (EIP-1014).</summary>
    public static Address OfSalt(in Address creator, in UInt256 salt, ReadOnlySpan<byte> initcode)
    {
        Span<byte> input = stackalloc byte[1 + Address.Size + UInt256.Size + Hash256.Size];
        input[0] = Eip1014.AddressPrefix;
        creator.CopyTo(input[1..]);
        salt.WriteBigEndian(input[(1 + Address.Size)..]);
        Keccak256.Hash(initcode).CopyTo(input[(1 + Address.Size + UInt256.Size)..]);
        return OfHash(Keccak256.Hash(input));
    }

    private static int ByteLength(ulong value) => (64 - System.Numerics.BitOperations.LeadingZeroCount(value) + 7) / 8;

    private static Address OfHash(in Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        return new Address(bytes[(Hash256.Size - Address.Size)..]);
    }
}
