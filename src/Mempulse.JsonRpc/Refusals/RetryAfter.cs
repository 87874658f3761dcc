using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Mempulse.JsonRpc.Refusals;

/// <summary>Reads how long a node asks its callers to wait: from the header Retry-After (RFC 9110, section 10.2.3), or from an error's text.</summary>
public static partial class RetryAfter
{
    /// <summary>Longest text that is searched.</summary>
    private const int MaxTextChars = 1_024;

    /// <summary>Longest time that is reported. A longer one is as good as never.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Reads the header; null if it is absent or not valid.</summary>
    public static TimeSpan? InHeader(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta is { } delta ? Bounded(delta)
        : header?.Date is { } date ? Bounded(date - now)
        : null;

    /// <summary>Finds a time in a text such as "try again in 10s", "retry after 500 ms" or "backoff_seconds": 30; null if the text states no time.</summary>
    public static TimeSpan? InText(string text)
    {
        var match = Times().Match(text.Length <= MaxTextChars ? text : text[..MaxTextChars]);
        if (!match.Success
            || !double.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return null;
        }

        string unit = match.Groups["unit"].Value;
        bool isMilliseconds = unit.StartsWith("ms", StringComparison.OrdinalIgnoreCase)
            || unit.StartsWith("mil", StringComparison.OrdinalIgnoreCase)
            || (unit.Length == 0 && match.Groups["words"].Value.EndsWith("ms", StringComparison.OrdinalIgnoreCase));
        double seconds = isMilliseconds ? number / 1_000
            : unit.StartsWith('m') || unit.StartsWith('M') ? number * 60
            : unit.StartsWith('h') || unit.StartsWith('H') ? number * 3_600
            : number;
        return Bounded(TimeSpan.FromSeconds(Math.Min(seconds, s_longest.TotalSeconds)));
    }

    private static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait < s_longest ? wait : s_longest;

    [GeneratedRegex(
        """(retry|again|wait|backoff|reset|resets)(?<words>([ _-]?(after|in|for|at least|another|seconds|ms|until))*)[\s"':=]*(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?<unit>(milliseconds|millis|ms|seconds|second|secs|sec|s|minutes|minute|min|m|hours|hour|h)\b)?""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Times();
}
