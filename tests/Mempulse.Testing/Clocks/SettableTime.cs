namespace Mempulse.Testing.Clocks;

/// <summary>A time that stands still until it is advanced, with a wall clock that can be set beside it. Its timers are the system's.</summary>
public sealed class SettableTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _passed;
    private TimeSpan _set;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => s_start + _passed + _set;

    /// <inheritdoc/>
    public override long GetTimestamp() => _passed.Ticks;

    /// <summary>Lets time pass on both clocks.</summary>
    public void Advance(TimeSpan time) => _passed += time;

    /// <summary>Sets the wall clock forward, or back.</summary>
    public void SetWallClock(TimeSpan difference) => _set += difference;
}
