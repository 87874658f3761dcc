using System.Numerics;
using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Arithmetic;

/// <summary>Words as numbers without limit, and back.</summary>
internal static class WideNumber
{
    /// <summary>A word as a number.</summary>
    public static BigInteger Of(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>A number as a word; failed if it does not fit.</summary>
    public static CheckedWord ToWord(in BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        return value.Sign >= 0 && value.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true)
            ? UInt256.FromBigEndian(bytes[..written])
            : CheckedWord.Failed;
    }
}
