using Mempulse.Primitives;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Recovery in managed code, for machines without libsecp256k1; about a quarter of its rate, and it allocates. Thread-safe.</summary>
public sealed class BouncyCastleRecovery : ISenderRecovery
{
    private static readonly X9ECParameters Curve = SecNamedCurves.GetByName("secp256k1");

    /// <inheritdoc/>
    public string Name => "BouncyCastle";

    /// <inheritdoc/>
    /// <remarks>SEC 1, section 4.1.6: Q = r^-1 (sR - eG).</remarks>
    public bool TryRecover(in Hash256 digest, in EcdsaSignature signature, out Address signer)
    {
        signer = default;
        if (!signature.IsInRange || !TryLift(signature, out var noncePoint))
        {
            return false;
        }

        var order = Curve.N;
        var inverse = ToBig(signature.R).ModInverse(order);
        var nonceFactor = ToBig(signature.S).Multiply(inverse).Mod(order);
        var digestFactor = new BigInteger(1, digest.ToArray()).Multiply(inverse).Negate().Mod(order);
        var key = ECAlgorithms.SumOfTwoMultiplies(Curve.G, digestFactor, noncePoint, nonceFactor).Normalize();
        if (key.IsInfinity)
        {
            return false;
        }

        signer = SignerAddress.OfPublicKey(key.GetEncoded(compressed: false).AsSpan(1));
        return true;
    }

    /// <summary>Computes the signature's nonce point, which has x = r and the signature's parity; false if the curve has no such point.</summary>
    private static bool TryLift(in EcdsaSignature signature, out ECPoint point)
    {
        Span<byte> encoded = stackalloc byte[1 + UInt256.Size];
        encoded[0] = (byte)(2 + signature.YParity);
        signature.R.WriteBigEndian(encoded[1..]);
        try
        {
            point = Curve.Curve.DecodePoint(encoded.ToArray());
            return true;
        }
        catch (ArgumentException) // BouncyCastle throws this if no point has this x coordinate
        {
            point = Curve.Curve.Infinity;
            return false;
        }
    }

    private static BigInteger ToBig(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(1, bytes.ToArray());
    }
}
