using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Decodes compressed points of G1: 48 bytes with x and three flag bits.</summary>
/// <remarks><see href="https://github.com/ethereum/consensus-specs/blob/dev/specs/phase0/beacon-chain.md#bls-signatures"/></remarks>
internal static class Bls12381Compression
{
    /// <summary>Size of a compressed point of G1 in bytes.</summary>
    public const int Bytes = 48;

    private const byte CompressedFlag = 0x80;
    private const byte InfinityFlag = 0x40;
    private const byte LargerFlag = 0x20;
    private const byte Flags = CompressedFlag | InfinityFlag | LargerFlag;

    /// <summary>Decodes a point of G1; false if the encoding is invalid or the point is not in the group.</summary>
    public static bool TryRead(ReadOnlySpan<byte> compressed, out AffinePoint<Fp> point)
    {
        point = default;
        byte flags = (byte)(compressed[0] & Flags);
        Span<byte> bytes = stackalloc byte[Bytes];
        compressed.CopyTo(bytes);
        bytes[0] = (byte)(bytes[0] & (0xff ^ Flags));
        if ((flags & InfinityFlag) != 0)
        {
            return flags == (CompressedFlag | InfinityFlag) && bytes.IndexOfAnyExcept((byte)0) < 0;
        }

        if ((flags & CompressedFlag) == 0 || !Fp.TryRead(bytes, out var x)
            || !Bls12381Roots.TrySqrt(Fp.Add(Fp.Multiply(Fp.Square(x), x), Bls12381Curve.B), out var y))
        {
            return false;
        }

        point = new AffinePoint<Fp>(x, IsLarger(y) == ((flags & LargerFlag) != 0) ? y : Fp.Negate(y));
        return Bls12381Group.Contains(point);
    }

    /// <summary>True if the value is greater than its negative, both taken as integers.</summary>
    private static bool IsLarger(in Fp value)
    {
        Span<byte> one = stackalloc byte[Bytes];
        Span<byte> other = stackalloc byte[Bytes];
        value.Write(one);
        Fp.Negate(value).Write(other);
        return one.SequenceCompareTo(other) > 0;
    }
}
