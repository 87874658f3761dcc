using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Mempulse.Primitives;

/// <summary>Products of two limbs with nothing lost.</summary>
internal static class WideProduct
{
    /// <summary>The high limb; the low one goes to <paramref name="low"/>.</summary>
    /// <remarks>The instruction that gives both limbs gives the low one through memory here, which takes longer than a second product.</remarks>
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
