using System.Globalization;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>The time axis of the waterfall: three linear pieces, to 8 ms, to 0.8 s and to 12 s, of a third each.</summary>
internal static class WaterfallScale
{
    private const long Millisecond = 1_000_000;
    private const long First = 8 * Millisecond;
    private const long Second = 800 * Millisecond;
    private const long Third = 12_000 * Millisecond;
    private const long Piece = 3_333;

    /// <summary>The marks: where they are, what they say, and whether the scale breaks there.</summary>
    public static IReadOnlyList<(string Percent, string Text, bool IsBreak)> Marks { get; } =
    [
        (Percent(0), "0", false), (Percent(4 * Millisecond), "4", false), (Percent(First), "8 ms", true), (Percent(404 * Millisecond), "400", false),
        (Percent(Second), "0.8 s", true), (Percent(6_400 * Millisecond), "6 s", false), (Percent(Third), "12 s", false),
    ];

    /// <summary>Where a time is, in percent of the width; times beyond 12 s are at the end.</summary>
    public static string Percent(long nanoseconds) => Text(Place(nanoseconds));

    /// <summary>The width of a span, in percent.</summary>
    public static string Width(long from, long to) => Text(Math.Max(0, Place(to) - Place(from)));

    private static long Place(long nanoseconds) => nanoseconds switch
    {
        <= 0 => 0,
        < First => nanoseconds * Piece / First,
        < Second => Piece + ((nanoseconds - First) / 1_000 * Piece / ((Second - First) / 1_000)),
        < Third => (2 * Piece) + ((nanoseconds - Second) / 1_000 * Piece / ((Third - Second) / 1_000)),
        _ => 3 * Piece,
    };

    private static string Text(long hundredths) => string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100m}");
}
