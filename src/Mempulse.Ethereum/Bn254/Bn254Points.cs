using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>Encodes and decodes points of BN254 in the format of the precompiles (EIP-196, EIP-197).</summary>
internal static class Bn254Points
{
    /// <summary>Size of a coordinate in bytes.</summary>
    public const int FieldBytes = 32;

    /// <summary>Size of a point on the curve in bytes.</summary>
    public const int FirstBytes = 2 * FieldBytes;

    /// <summary>Size of a point on the twist in bytes.</summary>
    public const int SecondBytes = 4 * FieldBytes;

    /// <summary>Reads a point; false if a coordinate is not below the prime or the point is not on the curve.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        bool isRead = Fp.TryRead(bytes[..FieldBytes], out var x) & Fp.TryRead(bytes[FieldBytes..], out var y);
        point = new AffinePoint<Fp>(x, y);
        return isRead && point.IsOnCurve(Bn254Curve.B);
    }

    /// <summary>Reads a point, imaginary parts first; false if a coordinate is not below the prime or the point is not in G2.</summary>
    public static bool TryReadSecond(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        bool isRead = Fp.TryRead(bytes[..FieldBytes], out var xb) & Fp.TryRead(bytes[FieldBytes..], out var xa);
        isRead &= Fp.TryRead(bytes[(2 * FieldBytes)..], out var yb) & Fp.TryRead(bytes[(3 * FieldBytes)..], out var ya);
        point = new AffinePoint<Fp2>(new Fp2(xa, xb), new Fp2(ya, yb));
        return isRead
            && point.IsOnCurve(Bn254Curve.TwistB)
            && Bn254Group.Contains(point);
    }

    /// <summary>Writes a point on the curve.</summary>
    public static void Write(in JacobianPoint<Fp> point, Span<byte> destination)
    {
        var affine = point.ToAffine();
        affine.X.Write(destination);
        affine.Y.Write(destination[FieldBytes..]);
    }
}
