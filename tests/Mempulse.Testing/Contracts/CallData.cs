using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Testing.Contracts;

/// <summary>Writes the input of calls: a selector and words.</summary>
public sealed class CallData
{
    private const int SelectorBytes = 4;

    private readonly List<byte> _bytes = [];

    /// <summary>The input of a function without arguments yet.</summary>
    public static CallData Of(string signature)
    {
        var data = new CallData();
        data._bytes.AddRange(Hash(Encoding.ASCII.GetBytes(signature)).AsSpan(0, SelectorBytes));
        return data;
    }

    /// <summary>Words without a selector.</summary>
    public static CallData Words() => new();

    /// <summary>Adds a word.</summary>
    public CallData Add(UInt256 word)
    {
        byte[] bytes = new byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Adds an address.</summary>
    public CallData Add(Address address) => Add(Word(address));

    /// <summary>Adds a number with a sign.</summary>
    public CallData AddSigned(UInt256 size, bool isNegative)
    {
        if (isNegative)
        {
            UInt256.NegateWrapping(size, out size);
        }

        return Add(size);
    }

    /// <summary>Adds bytes with their length before them, padded to words.</summary>
    public CallData AddBytes(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        _bytes.AddRange(new byte[(UInt256.Size - (bytes.Length % UInt256.Size)) % UInt256.Size]);
        return this;
    }

    /// <summary>Adds bytes as they are.</summary>
    public CallData AddRaw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>The input.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>An address as a word.</summary>
    public static UInt256 Word(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        address.CopyTo(bytes);
        return UInt256.FromBigEndian(bytes);
    }

    /// <summary>The slot of a mapping's value, as Solidity places it.</summary>
    public static UInt256 Slot(UInt256 key, UInt256 mapping) => Hashed(Words().Add(key).Add(mapping).ToArray());

    /// <summary>Keccak-256 as a word.</summary>
    public static UInt256 Hashed(byte[] bytes) => UInt256.FromBigEndian(Hash(bytes));

    private static byte[] Hash(byte[] bytes)
    {
        byte[] hash = new byte[Hash256.Size];
        Keccak256.Hash(bytes).CopyTo(hash);
        return hash;
    }
}
