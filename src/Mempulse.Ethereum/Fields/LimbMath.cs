using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Mempulse.Ethereum.Fields;

/// <summary>Arithmetic steps on 64-bit limbs.</summary>
internal static class LimbMath
{
    /// <summary>Returns the low limb of a * b + c + carry; the high limb becomes the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, ref ulong carry)
    {
        unchecked // (2^64-1)^2 + 2 (2^64-1) is 2^128 - 1: nothing is lost
        {
            ulong high = MultiplyHigh(a, b);
            ulong low = a * b;
            low += c;
            high += low < c ? 1UL : 0UL;
            low += carry;
            high += low < carry ? 1UL : 0UL;
            carry = high;
            return low;
        }
    }

    /// <summary>Returns the high limb of a * b.</summary>
    /// <remarks>The intrinsic that returns both limbs returns one of them through memory, which takes longer than a second multiplication.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>Returns the low limb of a + b + carry; the carry becomes 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AddCarry(ulong a, ulong b, ref ulong carry)
    {
        unchecked // carries are detected by comparison
        {
            ulong sum = a + b;
            ulong next = sum < a ? 1UL : 0UL;
            ulong result = sum + carry;
            carry = next | (result < sum ? 1UL : 0UL);
            return result;
        }
    }

    /// <summary>Returns the low limb of a - b - borrow; the borrow becomes 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SubtractBorrow(ulong a, ulong b, ref ulong borrow)
    {
        unchecked // borrows are detected by comparison
        {
            ulong difference = a - b;
            ulong next = a < b ? 1UL : 0UL;
            ulong result = difference - borrow;
            borrow = next | (difference < borrow ? 1UL : 0UL);
            return result;
        }
    }
}
