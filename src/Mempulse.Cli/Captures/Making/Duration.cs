namespace Mempulse.Cli.Captures.Making;

/// <summary>Lengths of time in the unit of a capture's offsets.</summary>
internal static class Duration
{
    /// <summary>Nanoseconds of a millisecond.</summary>
    public const long Millisecond = 1_000_000;

    /// <summary>Nanoseconds of a second.</summary>
    public const long Second = 1_000 * Millisecond;
}
