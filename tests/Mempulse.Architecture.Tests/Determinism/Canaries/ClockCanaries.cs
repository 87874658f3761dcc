namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Clock)]
internal sealed class ReadsClock
{
    internal long Now() => DateTime.UtcNow.Ticks;
}

[CaughtAs(Determinism.Rule.Clock)]
internal sealed class HasDateParameter
{
    internal bool Later(DateTimeOffset? when) => when is null;
}

[CaughtAs(Determinism.Rule.Clock)]
internal sealed class UsesStopwatch
{
    internal long Ticks() => System.Diagnostics.Stopwatch.GetTimestamp();
}

[CaughtAs(Determinism.Rule.Clock)]
internal sealed class UsesTimeProvider
{
    internal long Ticks(TimeProvider time) => time.TimestampFrequency;
}
