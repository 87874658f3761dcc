using System.Numerics;
using System.Runtime.InteropServices;

namespace Mempulse.Primitives.Encoding;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of records and frames.</summary>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Continue(0, bytes);

    /// <summary>The checksum of all bytes before, whose checksum is <paramref name="before"/>, followed by <paramref name="bytes"/>.</summary>
    public static uint Continue(uint before, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~before;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte tail in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, tail);
        }

        return ~crc;
    }
}
