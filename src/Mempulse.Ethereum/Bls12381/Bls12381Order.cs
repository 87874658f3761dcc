using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The prime order of both groups, the modulus of blob elements and scalars: BLS_MODULUS of EIP-4844.</summary>
internal readonly struct Bls12381Order : IModulus
{
    public static BigInteger Value { get; } = BigInteger.Parse("52435875175126190479447740508185965837690552500527637822603658699938581184513", System.Globalization.NumberFormatInfo.InvariantInfo);

    public static ulong Limb0 => 0xffff_ffff_0000_0001;

    public static ulong Limb1 => 0x53bd_a402_fffe_5bfe;

    public static ulong Limb2 => 0x3339_d808_09a1_d805;

    public static ulong Limb3 => 0x73ed_a753_299d_7d48;

    public static ulong Limb4 => 0;

    public static ulong Limb5 => 0;

    public static ulong NegativeInverse => 0xffff_fffe_ffff_ffff;
}
