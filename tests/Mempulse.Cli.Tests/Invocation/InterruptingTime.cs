namespace Mempulse.Cli.Tests.Invocation;

/// <summary>A clock that interrupts a command when it is looked at for the nth time, so that a command is interrupted at the same place of its work in every run.</summary>
internal sealed class InterruptingTime(int look, CancellationTokenSource interruption) : TimeProvider
{
    private int _looks;

    /// <summary>True once it has interrupted.</summary>
    public bool HasInterrupted => Volatile.Read(ref _looks) >= look;

    public override DateTimeOffset GetUtcNow()
    {
        Look();
        return base.GetUtcNow();
    }

    public override long GetTimestamp()
    {
        Look();
        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Look();
        return base.CreateTimer(callback, state, dueTime, period);
    }

    private void Look()
    {
        if (Interlocked.Increment(ref _looks) == look)
        {
            interruption.Cancel();
        }
    }
}
