using System.Threading.Channels;

namespace Mempulse.Grains.Tests.Books;

/// <summary>A clock whose pauses end when the test has seen them.</summary>
internal sealed class PauseClock : TimeProvider
{
    private readonly Channel<Pause> _pauses = Channel.CreateUnbounded<Pause>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var pause = new Pause(dueTime, () => callback(state));
        _pauses.Writer.TryWrite(pause);
        return pause;
    }

    /// <summary>Waits for the next pause, whose end is the caller's.</summary>
    public ValueTask<Pause> NextAsync(CancellationToken cancellationToken) => _pauses.Reader.ReadAsync(cancellationToken);

    /// <summary>A pause that has begun.</summary>
    internal sealed class Pause(TimeSpan length, Action end) : ITimer
    {
        public TimeSpan Length => length;

        public void End() => end();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
