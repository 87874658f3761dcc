namespace Mempulse.Cli.Captures.Making;

/// <summary>Durations in the unit of a capture's offsets.</summary>
internal static class Duration
{
    /// <summary>Nanoseconds per millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>Nanoseconds per second.</summary>
    public const long Second = 1_000 * Millisecond;
}
