using System.Globalization;
using System.Numerics;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Parses constants as the specifications write them.</summary>
internal static class HexNumber
{
    /// <summary>Parses a non-negative number in hex digits, without a prefix.</summary>
    public static BigInteger Parse(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo);

    /// <summary>Parses a number in hex digits and reduces it modulo the prime.</summary>
    public static Fp Residue(string digits) => Fp.From(Parse(digits));
}
