using Mempulse.Primitives;

namespace Mempulse.Grains.Replays;

/// <summary>Work over a range of a log on the thread pool, which can be cancelled.</summary>
internal abstract class ReplayJob(GlobalSeq first, GlobalSeq last, CancellationToken stop) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private long _askedAt;

    /// <summary>The first position that was asked for.</summary>
    public GlobalSeq First => first;

    /// <summary>The second position that was asked for.</summary>
    public GlobalSeq Last => last;

    /// <summary>Ends when the work does.</summary>
    public abstract Task Ended { get; }

    /// <summary>The position that the work has reached.</summary>
    public abstract GlobalSeq At { get; }

    /// <summary>When its answer was asked for last, as a timestamp of the clock.</summary>
    public long AskedAt
    {
        get => Volatile.Read(ref _askedAt);
        set => Volatile.Write(ref _askedAt, value);
    }

    /// <summary>What it does, in a sentence.</summary>
    public abstract string Detail { get; }

    /// <summary>Cancels the work.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <summary>Ends the work before it is done.</summary>
    public void Cancel() => _stop.Cancel();

    /// <summary>Waits until the work has ended and its answer was not asked for within a time: what it holds can be released then.</summary>
    /// <param name="interest">The time.</param>
    /// <param name="time">The clock of <see cref="AskedAt"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task UnaskedAsync(TimeSpan interest, TimeProvider time, CancellationToken cancellationToken)
    {
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var left = interest; left > TimeSpan.Zero; left = interest - time.GetElapsedTime(AskedAt))
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _stop.Dispose();
}
