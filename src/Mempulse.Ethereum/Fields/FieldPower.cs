using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>Exponentiation by squaring, four bits of the exponent at a time.</summary>
internal static class FieldPower
{
    private const int WindowBits = 4;

    /// <summary>Raises <paramref name="value"/> to the power of <paramref name="exponent"/>, which must not be negative.</summary>
    public static TField Raise<TField>(in TField value, BigInteger exponent)
        where TField : struct, IFieldElement<TField>
    {
        Span<byte> bytes = stackalloc byte[512];
        bytes = exponent.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true)
            ? bytes[..written]
            : exponent.ToByteArray(isUnsigned: true, isBigEndian: true);
        var powers = new TField[1 << WindowBits];
        powers[0] = TField.One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = TField.Multiply(powers[i - 1], value);
        }

        var result = TField.One;
        foreach (byte next in bytes)
        {
            result = Step(result, powers, next >> WindowBits);
            result = Step(result, powers, next & ((1 << WindowBits) - 1));
        }

        return result;
    }

    private static TField Step<TField>(in TField value, TField[] powers, int digit)
        where TField : struct, IFieldElement<TField>
    {
        var result = value;
        for (int i = 0; i < WindowBits; i++)
        {
            result = TField.Square(result);
        }

        return digit == 0 ? result : TField.Multiply(result, powers[digit]);
    }
}
