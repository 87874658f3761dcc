using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Blocks;

/// <summary>A Bloom filter over addresses and topics of logs. Yellow Paper, section 4.4.1 (M3:2048). Not thread-safe.</summary>
public sealed class LogsBloom
{
    private const int BitsOfEntry = 3;
    private const int BitMask = (BlockHeader.BloomBytes * 8) - 1;

    private readonly byte[] _bits = new byte[BlockHeader.BloomBytes];

    /// <summary>The filter's 256 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bits;

    /// <summary>Adds the address of a log.</summary>
    public void Add(in Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        address.CopyTo(bytes);
        Add(bytes);
    }

    /// <summary>Adds a topic of a log.</summary>
    public void Add(in Hash256 topic)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        topic.CopyTo(bytes);
        Add(bytes);
    }

    /// <summary>Adds a log.</summary>
    public void Add(in Address account, IReadOnlyList<Hash256> topics)
    {
        Add(account);
        for (int i = 0; i < topics.Count; i++)
        {
            Add(topics[i]);
        }
    }

    /// <summary>Adds all entries of <paramref name="other"/>.</summary>
    public void Add(LogsBloom other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    /// <summary>Sets three bits, selected by the first three pairs of bytes of the entry's hash; bit 0 is the lowest bit of the last byte.</summary>
    private void Add(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Keccak256.Hash(entry).CopyTo(hash);
        for (int i = 0; i < BitsOfEntry; i++)
        {
            int bit = ((hash[2 * i] << 8) | hash[(2 * i) + 1]) & BitMask;
            _bits[^(1 + (bit >> 3))] |= (byte)(1 << (bit & 7));
        }
    }
}
