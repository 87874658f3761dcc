using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Points and field elements as the precompiles take and give them. <see href="https://eips.ethereum.org/EIPS/eip-2537#abi-for-operations"/></summary>
internal static class Bls12381Points
{
    /// <summary>A field element: 16 zeros and 48 bytes.</summary>
    public const int FieldBytes = 64;

    /// <summary>A point of the curve.</summary>
    public const int FirstBytes = 2 * FieldBytes;

    /// <summary>A point of the twist.</summary>
    public const int SecondBytes = 4 * FieldBytes;

    /// <summary>A factor.</summary>
    public const int ScalarBytes = 32;

    private const int PaddingBytes = 16;

    /// <summary>Reads a field element; false when its padding is not zero or it is not below the prime.</summary>
    public static bool TryReadField(ReadOnlySpan<byte> bytes, out Fp value)
    {
        bool isPadded = bytes[..PaddingBytes].IndexOfAnyExcept((byte)0) < 0;
        return Fp.TryRead(bytes[PaddingBytes..FieldBytes], out value) && isPadded;
    }

    /// <summary>Reads an element of the second floor.</summary>
    public static bool TryReadQuadratic(ReadOnlySpan<byte> bytes, out Fp2 value)
    {
        bool isRead = TryReadField(bytes, out var a) & TryReadField(bytes[FieldBytes..], out var b);
        value = new Fp2(a, b);
        return isRead;
    }

    /// <summary>Reads a point that has to be on the curve, in the group or not.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        bool isRead = TryReadField(bytes, out var x) & TryReadField(bytes[FieldBytes..], out var y);
        point = new AffinePoint<Fp>(x, y);
        return isRead && point.IsOnCurve(Bls12381Curve.B);
    }

    /// <summary>Reads a point that has to be on the twist, in the group or not.</summary>
    public static bool TryReadSecond(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        bool isRead = TryReadQuadratic(bytes, out var x) & TryReadQuadratic(bytes[(2 * FieldBytes)..], out var y);
        point = new AffinePoint<Fp2>(x, y);
        return isRead && point.IsOnCurve(Bls12381Curve.TwistB);
    }

    /// <summary>Reads a point of the first group.</summary>
    public static bool TryReadFirstInGroup(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point) =>
        TryReadFirst(bytes, out point) && Bls12381Group.Contains(point);

    /// <summary>Reads a point of the second group.</summary>
    public static bool TryReadSecondInGroup(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point) =>
        TryReadSecond(bytes, out point) && Bls12381Group.Contains(point);

    /// <summary>Writes a point of the curve.</summary>
    public static void Write(in AffinePoint<Fp> point, Span<byte> destination)
    {
        Write(point.X, destination);
        Write(point.Y, destination[FieldBytes..]);
    }

    /// <summary>Writes a point of the twist.</summary>
    public static void Write(in AffinePoint<Fp2> point, Span<byte> destination)
    {
        Write(point.X.A, destination);
        Write(point.X.B, destination[FieldBytes..]);
        Write(point.Y.A, destination[(2 * FieldBytes)..]);
        Write(point.Y.B, destination[(3 * FieldBytes)..]);
    }

    private static void Write(in Fp value, Span<byte> destination)
    {
        destination[..PaddingBytes].Clear();
        value.Write(destination[PaddingBytes..]);
    }
}
