using System.Numerics;
using Mempulse.Ethereum.Fields;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>The prime of BLS12-381's base field, which holds the coordinates of points (EIP-2537).</summary>
internal readonly struct Bls12381Prime : IModulus
{
    public static BigInteger Value { get; } = BigInteger.Parse("4002409555221667393417789825735904156556882819939007885332058136124031650490837864442687629129015664037894272559787", System.Globalization.NumberFormatInfo.InvariantInfo);

    public static ulong Limb0 => 0xb9feffffffffaaab;

    public static ulong Limb1 => 0x1eabfffeb153ffff;

    public static ulong Limb2 => 0x6730d2a0f6b0f624;

    public static ulong Limb3 => 0x64774b84f38512bf;

    public static ulong Limb4 => 0x4b1ba7b6434bacd7;

    public static ulong Limb5 => 0x1a0111ea397fe69a;

    public static ulong NegativeInverse => 0x89f3fffcfffcfffd;
}
