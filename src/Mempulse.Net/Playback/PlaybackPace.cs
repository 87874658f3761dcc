using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mempulse.Net.Playback;

/// <summary>How fast a capture is played.</summary>
/// <remarks><c>default</c> is <see cref="Maximal"/>.</remarks>
public readonly record struct PlaybackPace
{
    /// <summary>Fastest and slowest scale; past them the clock's steps or a day's wait make no sense.</summary>
    public const double MaxScale = 10_000;

    private const double MinScale = 0.01;
    private const string MaximalText = "max";

    private PlaybackPace(double scale) => Scale = scale;

    /// <summary>As fast as the log takes it; nothing is dropped, playback waits.</summary>
    public static PlaybackPace Maximal => default;

    /// <summary>As it was recorded.</summary>
    public static PlaybackPace Recorded => new(1);

    /// <summary>Recorded seconds in one second of playback; 0 for <see cref="Maximal"/>.</summary>
    public double Scale { get; }

    /// <summary>True for <see cref="Maximal"/>.</summary>
    public bool IsMaximal => Scale == 0;

    /// <summary>So many recorded seconds in one second of playback.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not from 0.01 to 10,000.</exception>
    public static PlaybackPace Scaled(double scale) => scale is >= MinScale and <= MaxScale
        ? new PlaybackPace(scale)
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, $"A pace is from {MinScale} to {MaxScale} times the recorded one.");

    /// <summary>Reads "max", or a number with or without "x" before or behind it: "6", "x6", "0.5x".</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlaybackPace pace)
    {
        pace = default;
        if (string.Equals(text, MaximalText, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var digits = text.AsSpan().Trim('x');
        bool isScale = double.TryParse(digits, NumberStyles.AllowDecimalPoint, NumberFormatInfo.InvariantInfo, out double scale)
            && scale is >= MinScale and <= MaxScale;
        pace = isScale ? new PlaybackPace(scale) : default;
        return isScale;
    }

    /// <summary>"max", or the scale with an "x" before it.</summary>
    public override string ToString() => IsMaximal ? MaximalText : "x" + Scale.ToString(NumberFormatInfo.InvariantInfo);
}
