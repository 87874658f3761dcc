using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Encodes and decodes points and field elements in the format of the precompiles.</summary>
/// <remarks><see href="https://eips.ethereum.org/EIPS/eip-2537#abi-for-operations"/></remarks>
internal static class Bls12381Points
{
    /// <summary>Size of a field element in bytes: 16 zeros and 48 bytes of value.</summary>
    public const int FieldBytes = 64;

    /// <summary>Size of a point on the curve in bytes.</summary>
    public const int FirstBytes = 2 * FieldBytes;

    /// <summary>Size of a point on the twist in bytes.</summary>
    public const int SecondBytes = 4 * FieldBytes;

    /// <summary>Size of a scalar in bytes.</summary>
    public const int ScalarBytes = 32;

    private const int PaddingBytes = 16;

    /// <summary>Reads a field element; false if the padding is not zero or the value is not below the prime.</summary>
    public static bool TryReadField(ReadOnlySpan<byte> bytes, out Fp value)
    {
        bool isPadded = bytes[..PaddingBytes].IndexOfAnyExcept((byte)0) < 0;
        return Fp.TryRead(bytes[PaddingBytes..FieldBytes], out value) && isPadded;
    }

    /// <summary>Reads an element of the quadratic extension field; false if one of its parts is invalid.</summary>
    public static bool TryReadQuadratic(ReadOnlySpan<byte> bytes, out Fp2 value)
    {
        bool isRead = TryReadField(bytes, out var a) & TryReadField(bytes[FieldBytes..], out var b);
        value = new Fp2(a, b);
        return isRead;
    }

    /// <summary>Reads a point; false if it is not on the curve. The point need not be in G1.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        bool isRead = TryReadField(bytes, out var x) & TryReadField(bytes[FieldBytes..], out var y);
        point = new AffinePoint<Fp>(x, y);
        return isRead && point.IsOnCurve(Bls12381Curve.B);
    }

    /// <summary>Reads a point; false if it is not on the twist. The point need not be in G2.</summary>
    public static bool TryReadSecond(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        bool isRead = TryReadQuadratic(bytes, out var x) & TryReadQuadratic(bytes[(2 * FieldBytes)..], out var y);
        point = new AffinePoint<Fp2>(x, y);
        return isRead && point.IsOnCurve(Bls12381Curve.TwistB);
    }

    /// <summary>Reads a point; false if it is not in G1.</summary>
    public static bool TryReadFirstInGroup(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point) =>
        TryReadFirst(bytes, out point) && Bls12381Group.Contains(point);

    /// <summary>Reads a point; false if it is not in G2.</summary>
    public static bool TryReadSecondInGroup(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point) =>
        TryReadSecond(bytes, out point) && Bls12381Group.Contains(point);

    /// <summary>Writes a point on the curve.</summary>
    public static void Write(in AffinePoint<Fp> point, Span<byte> destination)
    {
        Write(point.X, destination);
        Write(point.Y, destination[FieldBytes..]);
    }

    /// <summary>Writes a point on the twist.</summary>
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
