using Mempulse.Dashboard.Screens.Health;

namespace Mempulse.Dashboard.Tests.Health;

/// <summary>The last attempts at a relay as ticks.</summary>
public sealed class AttemptTicksTests
{
    [Fact]
    public void The_newest_attempt_is_at_the_right_and_a_failure_is_another_shape()
    {
        var ticks = AttemptTicks.Of([false, true]);

        Assert.Equal("M184 3h3v8h-3z", ticks.Answered);
        Assert.StartsWith("M188.5 .5h2v13h-2z", ticks.Failed, StringComparison.Ordinal);
        Assert.Equal("last 2 attempts, 1 failed", ticks.Label);
    }

    [Fact]
    public void Only_the_last_48_are_drawn()
    {
        var ticks = AttemptTicks.Of([.. Enumerable.Repeat(true, 20), .. Enumerable.Repeat(false, 44)]);

        Assert.Equal("last 48 attempts, 4 failed", ticks.Label);
        Assert.StartsWith("M16 ", ticks.Answered, StringComparison.Ordinal);
        Assert.StartsWith("M0.5 ", ticks.Failed, StringComparison.Ordinal);
    }
}
