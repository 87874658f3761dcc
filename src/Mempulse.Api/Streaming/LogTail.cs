using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Streaming;

/// <summary>The end of a chain's log in memory, read once for all readers of its stream, and only while there are any. Safe for any thread.</summary>
/// <remarks>Bounded by events and by bytes. A reader that falls behind its oldest event has missed what was dropped, and is told so.</remarks>
internal sealed partial class LogTail(ChainId chain, IGrainFactory grains, EventCatalog events, TimeProvider time, ILogger<LogTail> log) : IAsyncDisposable
{
    /// <summary>Events that are held at most.</summary>
    public const int MaxEvents = 16_384;

    private const long MaxBytes = 32L << 20;

    /// <summary>The pause after the end of the log was reached: what is appended meanwhile is read together.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The pause after the log did not answer.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1); // one reader comes or goes at a time
    private readonly Lock _sync = new();
    private readonly Queue<TailEvent> _held = new();
    private TailEvent[] _ordered = []; // the held events, for readers; made anew with each page
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _stop;
    private Task _pumping = Task.CompletedTask;
    private GlobalSeq _covered; // the last position before the oldest one that is covered
    private GlobalSeq _last;
    private long _bytes;
    private int _readers;

    /// <summary>Begins to read the log for a reader, if no other one does. <see cref="DetachAsync"/> follows.</summary>
    public async Task AttachAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_readers == 0)
            {
                Begin(await grains.LogReader(chain).Watermark().ConfigureAwait(false));
            }

            _readers++;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A reader leaves. After the last one the log is no longer read, and nothing is held.</summary>
    public async Task DetachAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (--_readers == 0)
            {
                await EndAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Returns what is held after a position.</summary>
    /// <param name="after">The reader's position.</param>
    /// <param name="covered">The events begin after this position: what lies between it and the reader's is no longer held, or never was.</param>
    public ReadOnlyMemory<TailEvent> After(GlobalSeq after, out GlobalSeq covered)
    {
        TailEvent[] held;
        lock (_sync)
        {
            (held, covered) = (_ordered, _covered);
        }

        int low = 0;
        int high = held.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = held[middle].Seq <= after ? (middle + 1, high) : (low, middle);
        }

        return held.AsMemory(low);
    }

    /// <summary>Waits until something is held after a position.</summary>
    public Task MoreAsync(GlobalSeq after)
    {
        lock (_sync)
        {
            return _ordered is [.., var newest] && newest.Seq > after ? Task.CompletedTask : _more.Task;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _stop?.Dispose();
        _turn.Dispose();
    }

    private void Begin(GlobalSeq watermark)
    {
        (_covered, _last) = (watermark, watermark);
        _stop = new CancellationTokenSource();
        _pumping = Task.Run(() => PumpAsync(_stop.Token));
    }

    private async Task EndAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _pumping.ConfigureAwait(false);
            stop.Dispose();
            _stop = null;
            lock (_sync)
            {
                _held.Clear();
                (_ordered, _bytes) = ([], 0);
            }
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pause = await ReadAsync().ConfigureAwait(false);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // No reader is left.
        }
    }

    /// <summary>Reads one page of the log's end.</summary>
    /// <returns>How long to wait before the next one.</returns>
    private async Task<TimeSpan> ReadAsync()
    {
        try
        {
            var page = await grains.LogReader(chain).Scan(new ScanQuery(_last, [], ScanQuery.MaxLimit)).ConfigureAwait(false);
            var damage = page.Next <= _last ? page.Damage : null;
            Add(page, damage);
            return page.IsAtEnd || damage is not null ? _pause : TimeSpan.Zero;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or ArgumentException)
        {
            LogNotRead(log, chain, failure); // readers wait: nothing is lost, since the next page begins where this one should have
            return _patience;
        }
    }

    private void Add(RecordPage page, DamagedPlace? damage)
    {
        TaskCompletionSource? more = null;
        lock (_sync)
        {
            foreach (var record in page.Records)
            {
                Hold(new TailEvent(record, events));
            }

            if (damage is not null)
            {
                Hold(new TailEvent(damage, events));
            }

            var reached = damage?.Last ?? page.Next;
            if (reached > _last)
            {
                _last = reached;
                _ordered = [.. _held];
                (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
        }

        more?.SetResult();
    }

    private void Hold(TailEvent added)
    {
        _held.Enqueue(added);
        _bytes += added.SizeBytes;
        while (_held.Count > MaxEvents || (_bytes > MaxBytes && _held.Count > 1))
        {
            var oldest = _held.Dequeue();
            _bytes -= oldest.SizeBytes;
            _covered = oldest.Seq;
        }
    }
}
