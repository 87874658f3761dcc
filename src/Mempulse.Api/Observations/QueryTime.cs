using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Api.Problems;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Observations;

/// <summary>Reads times and durations from a query string; an error is one sentence.</summary>
internal static class QueryTime
{
    private const int SecondsPerMinute = 60;

    /// <summary>An instant, as RFC 3339 or Unix seconds; <paramref name="otherwise"/> when absent.</summary>
    public static bool TryInstant(
        string? text, string name, UnixNanoseconds otherwise, out UnixNanoseconds instant, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        DateTimeOffset time;
        bool isValid;
        if (text is null)
        {
            (instant, problem) = (otherwise, null);
            return true;
        }

        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
        {
            (isValid, time) = (true, DateTimeOffset.FromUnixTimeSeconds(seconds));
        }
        else
        {
            isValid = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time) && time.Year is >= 1970 and < 2200;
        }

        instant = isValid ? UnixNanoseconds.FromUtcTicks(time.UtcTicks) : default;
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a time such as 2026-01-31T12:00:00Z, or Unix seconds.");
        return isValid;
    }

    /// <summary>A window in minutes, rounded up: "90s", "15m", "1h" or a bare number of minutes.</summary>
    public static bool TryMinutes(string? text, string name, int otherwise, int max, out int minutes, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        minutes = otherwise;
        bool isValid = true;
        if (text is not null)
        {
            var (digits, secondsPerUnit) = text.Length == 0 ? (string.Empty, 0) : text[^1] switch
            {
                's' => (text[..^1], 1),
                'm' => (text[..^1], SecondsPerMinute),
                'h' => (text[..^1], SecondsPerMinute * SecondsPerMinute),
                _ => (text, SecondsPerMinute),
            };
            isValid = ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort count);
            minutes = ((count * secondsPerUnit) + SecondsPerMinute - 1) / SecondsPerMinute;
        }

        isValid &= minutes >= 1 && minutes <= max;
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a duration such as 90s, 15m or 1h, at most {max} minutes.");
        return isValid;
    }
}
