using Mempulse.Primitives;

namespace Mempulse.Features.Pools.Arithmetic;

/// <summary>A number of a contract with checked arithmetic. Where the contract would revert the result is failed, and so is everything computed from it.</summary>
/// <remarks>A failed number compares as zero; loops over such numbers are bounded by their contract's own bound.</remarks>
/// <param name="Value">The number; zero if it is failed.</param>
/// <param name="IsFailed">True if the contract would have reverted.</param>
internal readonly record struct CheckedWord(UInt256 Value, bool IsFailed)
{
    /// <summary>What the contract reverted for.</summary>
    public static CheckedWord Failed => new(UInt256.Zero, true);

    public static implicit operator CheckedWord(UInt256 value) => new(value, false);

    public static implicit operator CheckedWord(ulong value) => new(value, false);

    public static CheckedWord operator +(in CheckedWord left, in CheckedWord right)
    {
        var sum = UInt256.Add(left.Value, right.Value, out bool wrapped);
        return Of(left, right, sum, wrapped);
    }

    public static CheckedWord operator -(in CheckedWord left, in CheckedWord right)
    {
        var difference = UInt256.Subtract(left.Value, right.Value, out bool wrapped);
        return Of(left, right, difference, wrapped);
    }

    public static CheckedWord operator *(in CheckedWord left, in CheckedWord right)
    {
        var product = UInt256.Multiply(left.Value, right.Value, out bool wrapped);
        return Of(left, right, product, wrapped);
    }

    public static CheckedWord operator /(in CheckedWord left, in CheckedWord right)
    {
        UInt256.Divide(left.Value, right.Value, out var quotient);
        return Of(left, right, quotient, right.Value.IsZero);
    }

    public static bool operator <(in CheckedWord left, in CheckedWord right) => UInt256.IsLess(left.Value, right.Value);

    public static bool operator >(in CheckedWord left, in CheckedWord right) => UInt256.IsLess(right.Value, left.Value);

    public static bool operator <=(in CheckedWord left, in CheckedWord right) => !UInt256.IsLess(right.Value, left.Value);

    public static bool operator >=(in CheckedWord left, in CheckedWord right) => !UInt256.IsLess(left.Value, right.Value);

    /// <summary>How far two numbers are apart.</summary>
    public static CheckedWord Distance(in CheckedWord left, in CheckedWord right) => left > right ? left - right : right - left;

    /// <summary>The number if a condition of the contract holds, else failed.</summary>
    public CheckedWord Where(bool holds) => holds ? this : Failed;

    private static CheckedWord Of(in CheckedWord left, in CheckedWord right, in UInt256 value, bool fails) =>
        fails || left.IsFailed || right.IsFailed ? Failed : new CheckedWord(value, false);
}
