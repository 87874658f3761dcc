using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Arithmetic;

/// <summary>A number of 256 bits with a sign, with the unchecked arithmetic of the EVM; division rounds towards zero.</summary>
/// <param name="Bits">The number in two's complement.</param>
internal readonly record struct SignedWord(UInt256 Bits)
{
    /// <summary>True below zero.</summary>
    public bool IsNegative => Bits.IsNegative;

    public static implicit operator SignedWord(long value)
    {
        if (value >= 0)
        {
            return new SignedWord((ulong)value);
        }

        UInt256.NegateWrapping((ulong)-value, out var negative);
        return new SignedWord(negative);
    }

    public static SignedWord operator +(in SignedWord left, in SignedWord right)
    {
        UInt256.AddWrapping(left.Bits, right.Bits, out var sum);
        return new SignedWord(sum);
    }

    public static SignedWord operator -(in SignedWord left, in SignedWord right)
    {
        UInt256.SubtractWrapping(left.Bits, right.Bits, out var difference);
        return new SignedWord(difference);
    }

    public static SignedWord operator -(in SignedWord value)
    {
        UInt256.NegateWrapping(value.Bits, out var negative);
        return new SignedWord(negative);
    }

    public static SignedWord operator *(in SignedWord left, in SignedWord right)
    {
        UInt256.MultiplyWrapping(left.Bits, right.Bits, out var product);
        return new SignedWord(product);
    }

    public static SignedWord operator /(in SignedWord left, in SignedWord right)
    {
        UInt256.DivideSigned(left.Bits, right.Bits, out var quotient);
        return new SignedWord(quotient);
    }

    public static SignedWord operator %(in SignedWord left, in SignedWord right)
    {
        UInt256.RemainderSigned(left.Bits, right.Bits, out var remainder);
        return new SignedWord(remainder);
    }

    public static bool operator <(in SignedWord left, in SignedWord right) => UInt256.IsLessSigned(left.Bits, right.Bits);

    public static bool operator >(in SignedWord left, in SignedWord right) => UInt256.IsLessSigned(right.Bits, left.Bits);

    public static bool operator <=(in SignedWord left, in SignedWord right) => !UInt256.IsLessSigned(right.Bits, left.Bits);

    public static bool operator >=(in SignedWord left, in SignedWord right) => !UInt256.IsLessSigned(left.Bits, right.Bits);

    /// <summary>Ten to a power up to 76.</summary>
    public static SignedWord Ten(int power)
    {
        SignedWord result = 1;
        for (int i = 0; i < power; i++)
        {
            result *= 10;
        }

        return result;
    }
}
