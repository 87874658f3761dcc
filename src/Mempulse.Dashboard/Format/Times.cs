using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Format;

/// <summary>Times and durations as the design writes them. Ages that count on are written by the browser in the same way.</summary>
internal static class Times
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000 * Microsecond;
    private const long Second = 1_000 * Millisecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>A time of day in UTC with milliseconds.</summary>
    public static string Clock(UnixNanoseconds time) => time.ToRfc3339().Substring(11, 12);

    /// <summary>A time of day in UTC in seconds.</summary>
    public static string Seconds(UnixNanoseconds time) => time.ToRfc3339().Substring(11, 8);

    /// <summary>A date in UTC.</summary>
    public static string Date(UnixNanoseconds time) => time.ToRfc3339()[..10];

    /// <summary>A date and time of day in UTC in seconds.</summary>
    public static string Full(UnixNanoseconds time)
    {
        string text = time.ToRfc3339();
        return $"{text[..10]} {text[11..19]}";
    }

    /// <summary>A duration in three significant digits, in two units from a minute on.</summary>
    public static string Duration(long nanoseconds) => nanoseconds switch
    {
        < 0 => "−" + Duration(-nanoseconds),
        < Microsecond => $"{nanoseconds} ns",
        < Millisecond => Significant(nanoseconds, Microsecond, "µs"),
        < Second => Significant(nanoseconds, Millisecond, "ms"),
        < Minute => Significant(nanoseconds, Second, "s"),
        < Hour => Two(nanoseconds, Minute, "min", Second, "s"),
        < Day => Two(nanoseconds, Hour, "h", Minute, "min"),
        _ => Two(nanoseconds, Day, "d", Hour, "h"),
    };

    /// <summary>A time before now: tenths of a second below ten, then whole seconds, minutes, hours, days.</summary>
    public static string Age(long nanoseconds) => nanoseconds switch
    {
        < 0 => Age(0),
        < 10 * Second => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / Second}.{nanoseconds / (Second / 10) % 10} s"),
        < Minute => $"{nanoseconds / Second} s",
        < Hour => $"{nanoseconds / Minute} min",
        < Day => $"{nanoseconds / Hour} h",
        _ => $"{nanoseconds / Day} d",
    };

    /// <summary>A delay after something, always with its sign.</summary>
    public static string After(long nanoseconds) => nanoseconds == 0 ? "0 ms" : nanoseconds < 0 ? Duration(nanoseconds) : "+" + Duration(nanoseconds);

    private static string Significant(long nanoseconds, long unit, string name)
    {
        long whole = nanoseconds / unit;
        long hundredths = nanoseconds / (unit / 100) % 100;
        return whole >= 100 ? $"{whole} {name}"
            : whole >= 10 ? Trimmed(whole, hundredths / 10, 1, name)
            : Trimmed(whole, hundredths, 2, name);
    }

    private static string Trimmed(long whole, long rest, int digits, string name) =>
        rest == 0 ? $"{whole} {name}" : $"{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0')} {name}";

    private static string Two(long nanoseconds, long large, string largeName, long small, string smallName)
    {
        long rest = nanoseconds % large / small;
        return rest == 0 ? $"{nanoseconds / large} {largeName}" : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / large} {largeName} {rest:D2} {smallName}");
    }
}
