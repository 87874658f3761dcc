using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>An ECDSA signature on secp256k1 from which the signer's key can be recovered.</summary>
/// <param name="R">The x coordinate of the nonce point, modulo the order.</param>
/// <param name="S">The s value.</param>
/// <param name="YParity">Parity of the nonce point's y coordinate: 0 or 1 in a valid signature.</param>
public readonly record struct EcdsaSignature(UInt256 R, UInt256 S, byte YParity)
{
    /// <summary>True if r and s are in [1, n) and the parity is 0 or 1. Yellow Paper, appendix F.</summary>
    public bool IsInRange => !R.IsZero && !S.IsZero && R < Secp256k1Curve.Order && S < Secp256k1Curve.Order && YParity <= 1;

    /// <summary>True if s is at most n / 2, as EIP-2 requires of transactions since Homestead.</summary>
    public bool HasLowS => S <= Secp256k1Curve.HalfOrder;
}
