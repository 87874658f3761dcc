using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Mempulse.Primitives;

/// <summary>The full 128-bit product of two limbs.</summary>
internal static class WideProduct
{
    /// <summary>The high limb; <paramref name="low"/> receives the low one.</summary>
    /// <remarks>The runtime returns the low limb of the wide multiplication through memory, which takes longer than a second multiplication.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong left, ulong right, out ulong low)
    {
        if (!Bmi2.X64.IsSupported)
        {
            return Math.BigMul(left, right, out low);
        }

        low = unchecked(left * right); // the low half by definition
        return Bmi2.X64.MultiplyNoFlags(left, right);
    }
}
