using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>Powers by squaring.</summary>
internal static class FieldPower
{
    /// <summary><paramref name="value"/> to the power of <paramref name="exponent"/>, which is not negative.</summary>
    public static TField Raise<TField>(in TField value, BigInteger exponent)
        where TField : struct, IFieldElement<TField>
    {
        Span<byte> bytes = stackalloc byte[512];
        bytes = exponent.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true)
            ? bytes[..written]
            : exponent.ToByteArray(isUnsigned: true, isBigEndian: true);
        var result = TField.One;
        foreach (byte next in bytes)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                result = TField.Square(result);
                if (((next >> bit) & 1) != 0)
                {
                    result = TField.Multiply(result, value);
                }
            }
        }

        return result;
    }
}
