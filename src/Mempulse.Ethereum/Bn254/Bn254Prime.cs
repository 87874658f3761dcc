using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bn254;

/// <summary>The prime of BN254's base field, which holds the coordinates of points (EIP-196).</summary>
internal readonly struct Bn254Prime : IModulus
{
    public static BigInteger Value { get; } = BigInteger.Parse("21888242871839275222246405745257275088696311157297823662689037894645226208583", System.Globalization.NumberFormatInfo.InvariantInfo);

    public static ulong Limb0 => 0x3c208c16d87cfd47;

    public static ulong Limb1 => 0x97816a916871ca8d;

    public static ulong Limb2 => 0xb85045b68181585d;

    public static ulong Limb3 => 0x30644e72e131a029;

    public static ulong Limb4 => 0;

    public static ulong Limb5 => 0;

    public static ulong NegativeInverse => 0x87d20782e4866389;
}
