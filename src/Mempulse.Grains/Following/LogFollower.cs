using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Following;

/// <summary>Follows a chain's log: every record once, in order, without a gap, whatever the stream loses, repeats, reorders or delays.</summary>
/// <remarks>
/// <para>The stream is a hint, the log is the truth. Items are taken as they come where they fit; a hole between them, a
/// watermark that moves while no item comes, and plain silence are each healed by reading the log, and counted.</para>
/// <para>Offers come from any thread and never wait. One consumer at a time calls <see cref="NextAsync"/>.</para>
/// </remarks>
public sealed class LogFollower : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogPages _log;
    private readonly FollowerOptions _options;
    private readonly ItemBuffer _items;
    private readonly FollowerCounters _counters = new();
    private readonly WakeUp _wakeUp;
    private readonly TimeProvider _time;
    private Epoch _epoch;
    private GlobalSeq _watermark;
    private bool _isReadingLog = true;
    private bool _isLogShort;
    private Need _waitingFor;
    private long _waitingSince;

    /// <summary>Starts after <paramref name="after"/>, with what the log has there already.</summary>
    public LogFollower(ILogPages log, GlobalSeq after, FollowerOptions options, TimeProvider time)
    {
        _log = log;
        _options = options;
        _time = time;
        _items = new ItemBuffer(options.BufferBytes);
        _wakeUp = new WakeUp(time);
        Last = after;
        _watermark = after;
    }

    /// <summary>The last position delivered.</summary>
    public GlobalSeq Last { get; private set; }

    /// <summary>The highest durable position heard of.</summary>
    public GlobalSeq Watermark
    {
        get
        {
            lock (_lock)
            {
                return _watermark;
            }
        }
    }

    /// <summary>What the follower met since it started.</summary>
    public FollowerStatus ReadCounters()
    {
        lock (_lock)
        {
            return _counters.ToStatus();
        }
    }

    /// <summary>Takes an item of the stream.</summary>
    public void Offer(LogNotice notice)
    {
        lock (_lock)
        {
            // A writer that was fenced off may still speak: what it says is not the log's (rule 24).
            if (notice.Epoch < _epoch)
            {
                _counters.StaleEpochs++;
                return;
            }

            _epoch = notice.Epoch;
            _watermark = notice.Watermark > _watermark ? notice.Watermark : _watermark;
            if (notice.Batch is { } batch)
            {
                Keep(batch);
            }
        }

        _wakeUp.Ring();
    }

    /// <summary>The next records after <see cref="Last"/>, at least one; waits for them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was lost.</exception>
    public async ValueTask<SequencedBatch> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTakeItem(out var need) is { } item)
            {
                return item;
            }

            if (need == Need.Log)
            {
                if (await ReadLogAsync(cancellationToken) is { } page)
                {
                    return page;
                }

                continue;
            }

            var patience = PatienceLeft(need);
            if (patience <= TimeSpan.Zero || !await _wakeUp.WaitAsync(patience, cancellationToken))
            {
                GoToTheLog(need);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wakeUp.Dispose();

    private void Keep(SequencedBatch batch)
    {
        if (batch.Last <= Last)
        {
            _counters.Duplicates++;
        }
        else if (!_items.TryAdd(batch))
        {
            // What is dropped here is known to be missing: no need to wait for a stall.
            _counters.Overflows++;
            _isReadingLog = true;
        }
    }

    private SequencedBatch? TryTakeItem(out Need need)
    {
        lock (_lock)
        {
            _counters.Duplicates += _items.DropThrough(Last);
            if (_items.TryTake(Last.Next, out var item))
            {
                need = Need.Nothing;
                var fresh = item.From(Last.Next);
                _counters.StreamedEvents += fresh.Count;
                return Deliver(fresh);
            }

            // Every item is durable, so what is missing before one can be read at once.
            if (!_items.IsEmpty && !_isReadingLog && !_isLogShort)
            {
                _counters.Holes++;
                _isReadingLog = true;
            }

            need = _isReadingLog ? Need.Log : _watermark > Last ? Need.Stream : Need.Nothing;
            return null;
        }
    }

    private async ValueTask<SequencedBatch?> ReadLogAsync(CancellationToken cancellationToken)
    {
        var page = await _log.ReadAsync(Last.Next, _options.PageBytes, cancellationToken);
        lock (_lock)
        {
            if (page is null)
            {
                // A reader may be behind for a moment (another silo's view of the file): then it is asked again after the stall patience.
                _isReadingLog = false;
                _isLogShort = !_items.IsEmpty;
                return null;
            }

            Invariant.That(page.First == Last.Next, "INV-81", "a page of the log starts where it was asked for");
            _watermark = page.Watermark > _watermark ? page.Watermark : _watermark;
            return Deliver(page);
        }
    }

    // Rings that bring nothing must not stretch a stall for ever, so patience runs from the first time the need was felt.
    private TimeSpan PatienceLeft(Need need)
    {
        if (need == Need.Nothing)
        {
            _waitingFor = need;
            return _options.SilencePatience;
        }

        if (_waitingFor != need)
        {
            _waitingFor = need;
            _waitingSince = _time.GetTimestamp();
        }

        return _options.StallPatience - _time.GetElapsedTime(_waitingSince);
    }

    private void GoToTheLog(Need need)
    {
        _waitingFor = Need.Nothing;
        lock (_lock)
        {
            _isReadingLog = true;
            _isLogShort = false;
            if (need == Need.Stream)
            {
                _counters.Stalls++;
            }
            else
            {
                _counters.Silences++;
            }
        }
    }

    private SequencedBatch Deliver(SequencedBatch batch)
    {
        Invariant.That(batch.First == Last.Next && batch.Count > 0, "INV-80", "a follower delivers consecutive positions");
        _counters.Events += batch.Count;
        _waitingFor = Need.Nothing;
        _isLogShort = false;
        Last = batch.Last;
        _watermark = Last > _watermark ? Last : _watermark;
        return batch;
    }

    private enum Need
    {
        Nothing,
        Stream,
        Log,
    }
}
