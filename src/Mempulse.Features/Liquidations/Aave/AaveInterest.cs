using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Primitives;

namespace Mempulse.Features.Liquidations.Aave;

/// <summary>The arithmetic of Aave's WadRayMath and MathUtils.</summary>
internal static class AaveInterest
{
    private const ulong SecondsPerYear = 365 * 24 * 60 * 60;
    private const ulong Wad = 1_000_000_000_000_000_000;
    private const ulong WadsPerRay = 1_000_000_000;

    private static readonly UInt256 s_ray = UInt256.FromUInt64(Wad) * WadsPerRay;
    private static readonly UInt256 s_halfRay = UInt256.FromUInt64(Wad / 2) * WadsPerRay;

    /// <summary>The product of an amount and an index, rounded half up.</summary>
    public static CheckedWord TimesHalfUp(in CheckedWord amount, in CheckedWord index) => ((amount * index) + s_halfRay) / s_ray;

    /// <summary>The same, rounded down.</summary>
    public static CheckedWord TimesDown(in CheckedWord amount, in CheckedWord index) => amount * index / s_ray;

    /// <summary>The same, rounded up.</summary>
    public static CheckedWord TimesUp(in CheckedWord amount, in CheckedWord index) => DivideUp(amount * index, s_ray);

    /// <summary>A quotient, rounded up.</summary>
    public static CheckedWord DivideUp(in CheckedWord dividend, in CheckedWord divisor) =>
        dividend.Value.IsZero ? dividend / divisor : ((dividend - 1) / divisor) + 1;

    /// <summary>A quotient in parts of 10^18, rounded half up.</summary>
    public static CheckedWord WadQuotient(in CheckedWord dividend, in CheckedWord divisor) => ((dividend * Wad) + (divisor / 2)) / divisor;

    /// <summary>An index of suppliers at a time: interest that is not compounded between two changes of the reserve.</summary>
    public static CheckedWord Income(in UInt256 index, in UInt256 rate, ulong since, ulong now) => now == since
        ? index
        : TimesHalfUp(s_ray + (rate * (CheckedWord)Elapsed(since, now) / SecondsPerYear), index);

    /// <summary>An index of borrowers at a time, by the series that the pool's revision computes.</summary>
    public static CheckedWord Debt(in UInt256 index, in UInt256 rate, ulong since, ulong now, int revision) => now == since
        ? index
        : TimesHalfUp(AaveRevision.IsCompoundedByBinomial(revision) ? Binomial(rate, Elapsed(since, now)) : Exponential(rate, Elapsed(since, now)), index);

    private static CheckedWord Exponential(in UInt256 rate, ulong elapsed)
    {
        var x = rate * (CheckedWord)elapsed / SecondsPerYear;
        return s_ray + x + TimesHalfUp(x, (x / 2) + TimesHalfUp(x, x / 6));
    }

    private static CheckedWord Binomial(in UInt256 rate, ulong elapsed)
    {
        ulong less1 = elapsed - 1;
        ulong less2 = elapsed > 2 ? elapsed - 2 : 0;
        var second = TimesHalfUp(rate, rate) / (SecondsPerYear * SecondsPerYear);
        var third = TimesHalfUp(second, rate) / SecondsPerYear;
        return s_ray + (rate * (CheckedWord)elapsed / SecondsPerYear)
            + ((CheckedWord)elapsed * less1 * second / 2)
            + ((CheckedWord)elapsed * less1 * less2 * third / 6);
    }

    /// <summary>Zero where a block is older than the change: the interest of a moment that the reserve is past.</summary>
    private static ulong Elapsed(ulong since, ulong now) => now > since ? now - since : 0;
}
