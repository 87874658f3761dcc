using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mempulse.Net.Playback;

/// <summary>The pace of playback.</summary>
/// <remarks><c>default</c> is <see cref="Maximal"/>.</remarks>
public readonly record struct PlaybackPace
{
    /// <summary>The highest scale. Beyond it, the steps of the clock are too coarse.</summary>
    public const double MaxScale = 10_000;

    private const double MinScale = 0.01;
    private const string MaximalText = "max";

    private PlaybackPace(double scale) => Scale = scale;

    /// <summary>As fast as the log accepts records. Playback waits and drops nothing.</summary>
    public static PlaybackPace Maximal => default;

    /// <summary>The pace as recorded.</summary>
    public static PlaybackPace Recorded => new(1);

    /// <summary>Recorded seconds per second of playback; 0 for <see cref="Maximal"/>.</summary>
    public double Scale { get; }

    /// <summary>True for <see cref="Maximal"/>.</summary>
    public bool IsMaximal => Scale == 0;

    /// <summary>Returns a pace in recorded seconds per second of playback.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not from 0.01 to 10,000.</exception>
    public static PlaybackPace Scaled(double scale) => scale is >= MinScale and <= MaxScale
        ? new PlaybackPace(scale)
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, $"'{scale}' is not a valid pace: expected {MinScale} to {MaxScale} times the recorded pace.");

    /// <summary>Parses "max", or a number with an optional "x" before or after it: "6", "x6", "0.5x".</summary>
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

    /// <summary>Returns "max", or the scale with an "x" before it.</summary>
    public override string ToString() => IsMaximal ? MaximalText : "x" + Scale.ToString(NumberFormatInfo.InvariantInfo);
}
