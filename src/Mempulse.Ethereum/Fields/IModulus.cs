using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>An odd prime whose highest bit is zero, so that the sum of two residues fits its limbs.</summary>
internal interface IModulus
{
    /// <summary>The prime.</summary>
    static abstract BigInteger Value { get; }

    /// <summary>The least significant limb; the others follow.</summary>
    static abstract ulong Limb0 { get; }

    static abstract ulong Limb1 { get; }

    static abstract ulong Limb2 { get; }

    static abstract ulong Limb3 { get; }

    static abstract ulong Limb4 { get; }

    static abstract ulong Limb5 { get; }

    /// <summary>-1/p modulo 2^64.</summary>
    static abstract ulong NegativeInverse { get; }
}
