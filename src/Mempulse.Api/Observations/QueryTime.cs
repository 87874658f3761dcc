using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Observations;

/// <summary>Reads times and durations from a query string; an error is one sentence.</summary>
internal static partial class QueryTime
{
    private const int SecondsPerMinute = 60;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int Decimals = 9;

    /// <summary>The last second of 2199.</summary>
    private const long MaxUnixSeconds = 7_258_118_399;

    /// <summary>An instant, as RFC 3339 or Unix seconds and nothing else; <paramref name="otherwise"/> when absent.</summary>
    public static bool TryInstant(
        string? text, string name, UnixNanoseconds otherwise, out UnixNanoseconds instant, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        instant = otherwise;
        bool isValid = text is null || TryUnixSeconds(text, out instant) || TryRfc3339(text, out instant);
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a time such as 2026-01-31T12:00:00Z, or Unix seconds, from 1970 to 2199.");
        return isValid;
    }

    private static bool TryUnixSeconds(string text, out UnixNanoseconds instant)
    {
        bool isValid = QueryNumber.TryDigits(text, out ulong seconds) && seconds <= MaxUnixSeconds;
        instant = isValid ? new UnixNanoseconds((long)seconds * NanosecondsPerSecond) : default;
        return isValid;
    }

    /// <summary>A date and time with an offset and up to nine decimals (RFC 3339, section 5.6).</summary>
    private static bool TryRfc3339(string text, out UnixNanoseconds instant)
    {
        instant = default;
        if (Rfc3339().Match(text) is not { Success: true } match
            || !DateTimeOffset.TryParseExact(
                $"{match.Groups["date"].Value}T{match.Groups["time"].Value}{(match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value)}",
                "yyyy-MM-dd'T'HH:mm:sszzz",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var time)
            || time.ToUnixTimeSeconds() is < 0 or > MaxUnixSeconds)
        {
            return false;
        }

        long decimals = long.Parse(match.Groups["decimals"].Value.PadRight(Decimals, '0'), CultureInfo.InvariantCulture);
        instant = new UnixNanoseconds((time.ToUnixTimeSeconds() * NanosecondsPerSecond) + decimals);
        return true;
    }

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<decimals>[0-9]{1,9}))?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();

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
            isValid = QueryNumber.TryDigits(digits, out ulong count) && count <= ushort.MaxValue;
            minutes = !isValid ? 0 : (((int)count * secondsPerUnit) + SecondsPerMinute - 1) / SecondsPerMinute;
        }

        isValid &= minutes >= 1 && minutes <= max;
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a duration such as 90s, 15m or 1h, at most {max} minutes.");
        return isValid;
    }
}
