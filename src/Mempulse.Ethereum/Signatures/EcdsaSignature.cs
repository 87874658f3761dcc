using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>An ECDSA signature on secp256k1 from which the signer's key can be recovered.</summary>
/// <param name="R">The x coordinate of the nonce point, modulo the order.</param>
/// <param name="S">The proof.</param>
/// <param name="YParity">0 or 1: the parity of the nonce point's y coordinate.</param>
public readonly record struct EcdsaSignature(UInt256 R, UInt256 S, byte YParity)
{
    /// <summary>True when r and s lie in [1, n) and the parity is 0 or 1. Yellow Paper, appendix F.</summary>
    public bool IsInRange => !R.IsZero && !S.IsZero && R < Secp256k1Curve.Order && S < Secp256k1Curve.Order && YParity <= 1;

    /// <summary>True when s lies in the lower half of the order, as EIP-2 demands of transactions since Homestead.</summary>
    public bool HasLowS => S <= Secp256k1Curve.HalfOrder;
}
