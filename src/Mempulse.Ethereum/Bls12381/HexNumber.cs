using System.Globalization;
using System.Numerics;
using Fp = Mempulse.Ethereum.Fields.Residue6<Mempulse.Ethereum.Bls12381.Bls12381Prime>;

namespace Mempulse.Ethereum.Bls12381;

/// <summary>Constants as the specifications write them.</summary>
internal static class HexNumber
{
    /// <summary>A number in hex digits.</summary>
    public static BigInteger Parse(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo);

    /// <summary>The residue of a number in hex digits.</summary>
    public static Fp Residue(string digits) => Fp.From(Parse(digits));
}
