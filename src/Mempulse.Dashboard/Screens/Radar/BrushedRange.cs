using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A range that was chosen with a brush, as it stands in the address: "0.5-2", or "1717243200-1717243260" for seconds.</summary>
internal static class BrushedRange
{
    private const char Dash = '-';
    private const decimal MaxGwei = 1_000_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly UInt256 _weiPerMilliGwei = 1_000_000;

    /// <summary>Writes two prices of gas, in gwei.</summary>
    public static string OfGwei(double from, double to) => $"{Gwei(from)}{Dash}{Gwei(to)}";

    /// <summary>Writes two times, in whole seconds.</summary>
    public static string OfSeconds(long from, long to) => string.Create(CultureInfo.InvariantCulture, $"{from}{Dash}{to}");

    /// <summary>Reads two prices of gas; null if the text is no such range.</summary>
    public static (Wei From, Wei To)? Fees(string? text) =>
        (text ?? string.Empty).Split(Dash) is [var from, var to] && Wei(from) is { } least && Wei(to) is { } largest && least <= largest ? (least, largest) : null;

    /// <summary>Reads two times; null if the text is no such range.</summary>
    public static (UnixNanoseconds From, UnixNanoseconds To)? Seconds(string? text) =>
        (text ?? string.Empty).Split(Dash) is [var from, var to] && Time(from) is { } first && Time(to) is { } last && first <= last ? (first, last) : null;

    /// <summary>A range of fees in words.</summary>
    public static string FeesShown(string? text) => text is null ? string.Empty : $"{ChainText.Of(text).Replace("-", " to ", StringComparison.Ordinal)} gwei";

    /// <summary>A range of times in words.</summary>
    public static string SecondsShown(string? text) => Seconds(text) is { } range ? $"{Times.Seconds(range.From)} to {Times.Seconds(range.To)}" : ChainText.Of(text ?? string.Empty);

    private static string Gwei(double gwei) => Math.Round((decimal)Math.Clamp(gwei, 0, (double)MaxGwei - 1), 3).ToString("0.###", CultureInfo.InvariantCulture);

    private static Wei? Wei(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal gwei) && gwei < MaxGwei ? new Wei(_weiPerMilliGwei * (ulong)(gwei * 1_000)) : null;

    private static UnixNanoseconds? Time(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < long.MaxValue / NanosecondsPerSecond ? new UnixNanoseconds(seconds * NanosecondsPerSecond) : null;
}
