using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Api.Text;

/// <summary>Writes instants for people and programs, to the nanosecond.</summary>
internal static class EventTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>RFC 3339 in UTC with nine decimals.</summary>
    public static string Format(UnixNanoseconds time)
    {
        long seconds = Math.DivRem(time.Value, NanosecondsPerSecond, out long nanoseconds);
        if (nanoseconds < 0)
        {
            seconds--;
            nanoseconds += NanosecondsPerSecond;
        }

        var second = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{second}.{nanoseconds.ToString("D9", CultureInfo.InvariantCulture)}Z";
    }
}
