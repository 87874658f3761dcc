using Mempulse.Primitives;

namespace Mempulse.Ethereum.Signatures;

/// <summary>Constants of the curve secp256k1 (SEC 2, section 2.4.1).</summary>
public static class Secp256k1Curve
{
    /// <summary>n, the order of the group.</summary>
    public static UInt256 Order { get; } = new(0xbfd25e8cd0364141, 0xbaaedce6af48a03b, 0xfffffffffffffffe, 0xffffffffffffffff);

    /// <summary>n / 2, rounded down: the highest s that EIP-2 allows, inclusive.</summary>
    public static UInt256 HalfOrder { get; } = new(0xdfe92f46681b20a0, 0x5d576e7357a4501d, 0xffffffffffffffff, 0x7fffffffffffffff);
}
