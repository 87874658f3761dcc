using Mempulse.Api.Chains;
using Mempulse.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mempulse.Dashboard.Feed;

/// <summary>Reads the state of the chain twice a second for all viewers together, and more rarely while there are none, so that charts have a past.</summary>
/// <remarks>Viewers only take the last tick: a slow one skips ticks, and none can slow the reader or the pipeline. Safe for any thread.</remarks>
internal sealed partial class LiveFeed(IGrainFactory grains, ChainDirectory chains, TimeProvider time, ILogger<LiveFeed> log) : BackgroundService
{
    /// <summary>The pause between two ticks while somebody watches.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan _idlePeriod = TimeSpan.FromSeconds(2);

    private readonly ChainReader _reader = new(grains, chains);
    private readonly Lock _sync = new();
    private readonly List<Action<FeedTick>> _viewers = [];
    private readonly SemaphoreSlim _awaited = new(0, 1);
    private FeedTick? _latest;

    /// <summary>The last tick; null until the node has answered once.</summary>
    public FeedTick? Latest => Volatile.Read(ref _latest);

    /// <summary>Why the last reading failed, in a sentence; empty if it did not.</summary>
    public string Problem { get; private set; } = string.Empty;

    /// <summary>The chain.</summary>
    public ChainId Chain => chains.All[0];

    /// <summary>The series that charts show.</summary>
    public FeedHistory History { get; } = new();

    /// <summary>Number of viewers.</summary>
    public int Viewers
    {
        get
        {
            lock (_sync)
            {
                return _viewers.Count;
            }
        }
    }

    /// <summary>Calls a viewer with each tick until the result is disposed. The call must return at once.</summary>
    public IDisposable Watch(Action<FeedTick> viewer)
    {
        lock (_sync)
        {
            _viewers.Add(viewer);
        }

        Wake();
        return new Watching(this, viewer);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _awaited.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await ReadAsync().ConfigureAwait(false);
                await Task.Delay(Period, time, stoppingToken).ConfigureAwait(false);
                if (Viewers == 0)
                {
                    await _awaited.WaitAsync(_idlePeriod - Period, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var now = UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks);
            var tick = await _reader.ReadAsync(Latest, History, now).ConfigureAwait(false);
            History.Add(tick);
            Problem = string.Empty;
            Volatile.Write(ref _latest, tick);
            Publish(tick);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or IOException or ArgumentException) // ArgumentException: this process does not hold the grain
        {
            Problem = failure.Message;
            LogNotRead(log, Chain, failure);
        }
    }

    private void Publish(FeedTick tick)
    {
        Action<FeedTick>[] viewers;
        lock (_sync)
        {
            viewers = [.. _viewers];
        }

        foreach (var viewer in viewers)
        {
            viewer(tick);
        }
    }

    private void Wake()
    {
        try
        {
            _awaited.Release();
        }
        catch (SemaphoreFullException)
        {
            // The loop will wake up anyway.
        }
    }

    private void Leave(Action<FeedTick> viewer)
    {
        lock (_sync)
        {
            _viewers.Remove(viewer);
        }
    }

    private sealed class Watching(LiveFeed feed, Action<FeedTick> viewer) : IDisposable
    {
        public void Dispose() => feed.Leave(viewer);
    }
}
