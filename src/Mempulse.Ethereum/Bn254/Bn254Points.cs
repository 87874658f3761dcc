using Mempulse.Ethereum.Curves;
using Fp = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>;
using Fp2 = Mempulse.Ethereum.Fields.Quadratic<Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bn254.Bn254Prime>>;

namespace Mempulse.Ethereum.Bn254;

/// <summary>Points of BN254 as the precompiles take and give them (EIP-196, EIP-197).</summary>
internal static class Bn254Points
{
    /// <summary>A coordinate.</summary>
    public const int FieldBytes = 32;

    /// <summary>A point of the curve.</summary>
    public const int FirstBytes = 2 * FieldBytes;

    /// <summary>A point of the twist.</summary>
    public const int SecondBytes = 4 * FieldBytes;

    private static readonly byte[] Order = Bn254Curve.Order.ToByteArray(isUnsigned: true, isBigEndian: true);

    /// <summary>Reads a point of the curve; false when a coordinate is too large or the point is not on it.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        bool isRead = Fp.TryRead(bytes[..FieldBytes], out var x) & Fp.TryRead(bytes[FieldBytes..], out var y);
        point = new AffinePoint<Fp>(x, y);
        return isRead && point.IsOnCurve(Bn254Curve.B);
    }

    /// <summary>Reads a point of the twist, imaginary parts first; false when it is not on it or not in the group.</summary>
    public static bool TryReadSecond(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        bool isRead = Fp.TryRead(bytes[..FieldBytes], out var xb) & Fp.TryRead(bytes[FieldBytes..], out var xa);
        isRead &= Fp.TryRead(bytes[(2 * FieldBytes)..], out var yb) & Fp.TryRead(bytes[(3 * FieldBytes)..], out var ya);
        point = new AffinePoint<Fp2>(new Fp2(xa, xb), new Fp2(ya, yb));
        return isRead
            && point.IsOnCurve(Bn254Curve.TwistB)
            && JacobianPoint<Fp2>.Multiply(new JacobianPoint<Fp2>(point), Order).IsInfinity;
    }

    /// <summary>Writes a point of the curve.</summary>
    public static void Write(in JacobianPoint<Fp> point, Span<byte> destination)
    {
        var affine = point.ToAffine();
        affine.X.Write(destination);
        affine.Y.Write(destination[FieldBytes..]);
    }
}
