using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>An odd prime whose highest bits are zero, so that sums of two residues fit its limbs.</summary>
internal interface IModulus
{
    /// <summary>The prime.</summary>
    static abstract BigInteger Value { get; }

    /// <summary>Its limbs, least significant first.</summary>
    static abstract ulong Limb0 { get; }

    static abstract ulong Limb1 { get; }

    static abstract ulong Limb2 { get; }

    static abstract ulong Limb3 { get; }

    static abstract ulong Limb4 { get; }

    static abstract ulong Limb5 { get; }

    /// <summary>-1/p modulo 2^64.</summary>
    static abstract ulong NegativeInverse { get; }
}
