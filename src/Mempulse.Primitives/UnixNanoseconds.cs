using System.Globalization;

namespace Mempulse.Primitives;

/// <summary>An instant in nanoseconds since 1970-01-01T00:00:00Z.</summary>
/// <remarks>For analysis only: nothing is ordered by it.</remarks>
/// <param name="Value">Nanoseconds since the Unix epoch.</param>
public readonly record struct UnixNanoseconds(long Value) : IComparable<UnixNanoseconds>
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerDay = 86_400 * NanosecondsPerSecond;
    private const long DaysPerEra = 146_097;
    private const long DaysToEpoch = 719_468;
    /// <summary>Nanoseconds in a tick of .NET's clocks and time spans.</summary>
    public const long NanosecondsPerTick = 100;
    private const long TicksAtUnixEpoch = 621_355_968_000_000_000;

    /// <summary>An instant from ticks of 100 ns since 0001-01-01T00:00:00Z, as .NET counts them; the latest or earliest one for a clock that is set beyond it.</summary>
    public static UnixNanoseconds FromUtcTicks(long utcTicks) =>
        new(Math.Clamp(utcTicks - TicksAtUnixEpoch, long.MinValue / NanosecondsPerTick, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick);

    /// <inheritdoc/>
    public int CompareTo(UnixNanoseconds other) => Value.CompareTo(other.Value);

    /// <summary>The bare number.</summary>
    public override string ToString() => Value.ToString(NumberFormatInfo.InvariantInfo);

    /// <summary>RFC 3339 in UTC with nine decimals.</summary>
    /// <remarks>The calendar is computed here because L0 has no clock types. Source: "chrono-Compatible Low-Level Date Algorithms", civil_from_days.</remarks>
    public string ToRfc3339()
    {
        var (day, nanosecondOfDay) = FloorDivide(Value, NanosecondsPerDay);
        var (second, nanosecond) = FloorDivide(nanosecondOfDay, NanosecondsPerSecond);
        var (era, dayOfEra) = FloorDivide(day + DaysToEpoch, DaysPerEra); // eras of 400 years, which begin on 1 March
        long yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        long dayOfMonth = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + (400 * era) + (month <= 2 ? 1 : 0);
        return string.Create(
            NumberFormatInfo.InvariantInfo,
            $"{year:D4}-{month:D2}-{dayOfMonth:D2}T{second / 3_600:D2}:{second / 60 % 60:D2}:{second % 60:D2}.{nanosecond:D9}Z");
    }

    /// <summary>Order as numbers.</summary>
    public static bool operator <(UnixNanoseconds left, UnixNanoseconds right) => left.Value < right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >(UnixNanoseconds left, UnixNanoseconds right) => left.Value > right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator <=(UnixNanoseconds left, UnixNanoseconds right) => left.Value <= right.Value;

    /// <summary>Order as numbers.</summary>
    public static bool operator >=(UnixNanoseconds left, UnixNanoseconds right) => left.Value >= right.Value;

    private static (long Quotient, long Remainder) FloorDivide(long value, long divisor)
    {
        long quotient = Math.DivRem(value, divisor, out long remainder);
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
    }
}
