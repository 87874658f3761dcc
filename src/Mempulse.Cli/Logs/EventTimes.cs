using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Cli.Logs;

/// <summary>Observation times for people.</summary>
internal static class EventTimes
{
    private const long NanosecondsPerTick = 100;

    /// <summary>UTC to the microsecond, ISO 8601.</summary>
    public static string ToText(this UnixNanoseconds at) => DateTimeOffset.UnixEpoch
        .AddTicks(at.Value / NanosecondsPerTick)
        .ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
