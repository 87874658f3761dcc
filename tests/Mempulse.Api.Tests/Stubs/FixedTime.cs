namespace Mempulse.Api.Tests.Stubs;

/// <summary>A wall clock that stands still.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
