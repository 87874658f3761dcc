using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Delivers every record of a chain's log once, in order, without gaps, even if the feed of offers loses, repeats, reorders or delays some.</summary>
/// <remarks>
/// <para>An offer is a hint; the log is the truth. An offer that continues the delivered records is used directly. A hole between
/// offers, a watermark that advances without one, and silence are each counted and repaired by reading the log.</para>
/// <para><see cref="Offer"/> may be called from any thread and never waits. <see cref="NextAsync"/> has one caller at a time.</para>
/// </remarks>
public sealed class LogFollower : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogPages _log;
    private readonly LogPages? _ownedLog;
    private readonly FollowerOptions _options;
    private readonly OfferBuffer _offers;
    private readonly FollowerCounters _counters = new();
    private readonly WakeUp _wakeUp;
    private readonly TimeProvider _time;
    private Epoch _epoch;
    private GlobalSeq _watermark;
    private bool _isReadingLog = true;
    private bool _isLogShort;
    private Need _waitingFor;
    private long _waitingSince;

    /// <summary>Follows a log on this machine, starting after <paramref name="after"/>.</summary>
    public LogFollower(ILogReader log, GlobalSeq after, FollowerOptions options, TimeProvider time)
        : this(after, options, time)
    {
        _ownedLog = new LogPages(log);
        _log = _ownedLog;
    }

    /// <summary>Follows a log that is read through <paramref name="log"/>.</summary>
    public LogFollower(ILogPages log, GlobalSeq after, FollowerOptions options, TimeProvider time)
        : this(after, options, time) => _log = log;

    private LogFollower(GlobalSeq after, FollowerOptions options, TimeProvider time)
    {
        _log = null!; // set by both public constructors
        _options = options;
        _time = time;
        _offers = new OfferBuffer(options.BufferBytes);
        _wakeUp = new WakeUp(time);
        Last = after;
        _watermark = after;
    }

    /// <summary>The last position delivered.</summary>
    public GlobalSeq Last { get; private set; }

    /// <summary>The highest durable position known.</summary>
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

    /// <summary>Returns a copy of the counters.</summary>
    public FollowerCounters ReadCounters()
    {
        lock (_lock)
        {
            return _counters with { };
        }
    }

    /// <summary>Receives a hint that the log has grown.</summary>
    /// <param name="epoch">The epoch of the writer that sent it.</param>
    /// <param name="watermark">The highest durable position.</param>
    /// <param name="batch">The new records, which are copied; null to pass on the watermark alone.</param>
    public void Offer(Epoch epoch, GlobalSeq watermark, SequencedBatch? batch)
    {
        lock (_lock)
        {
            // A fenced writer may still send, but its records are not part of the log (LOG-RULES 24).
            if (epoch < _epoch)
            {
                _counters.StaleEpochs++;
                return;
            }

            _epoch = epoch;
            _watermark = watermark > _watermark ? watermark : _watermark;
            if (batch is not null)
            {
                Keep(batch);
            }
        }

        _wakeUp.Ring();
    }

    /// <summary>Waits for the next records after <see cref="Last"/>, at least one.</summary>
    /// <returns>Records that are valid until the next call.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; no record was lost.</exception>
    public async ValueTask<SequencedBatch> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTakeOffer(out var need) is { } offer)
            {
                return offer;
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
    public void Dispose()
    {
        _wakeUp.Dispose();
        _ownedLog?.Dispose();
    }

    private void Keep(SequencedBatch batch)
    {
        if (batch.Last <= Last)
        {
            _counters.Duplicates++;
        }
        else if (!_offers.TryAdd(batch))
        {
            // These records are known to be missing, so the log is read without waiting for a stall.
            _counters.Overflows++;
            _isReadingLog = true;
        }
    }

    private SequencedBatch? TryTakeOffer(out Need need)
    {
        lock (_lock)
        {
            _offers.ReturnTaken();
            _counters.Duplicates += _offers.DropThrough(Last);
            if (_offers.TryTake(Last.Next, out var offer))
            {
                need = Need.Nothing;
                var fresh = offer.From(Last.Next);
                _counters.OfferedEvents += fresh.Count;
                return Deliver(fresh);
            }

            // Every offer is durable, so the records missing before it can be read at once.
            if (!_offers.IsEmpty && !_isReadingLog && !_isLogShort)
            {
                _counters.Holes++;
                _isReadingLog = true;
            }

            need = _isReadingLog ? Need.Log : _watermark > Last ? Need.Offer : Need.Nothing;
            return null;
        }
    }

    private async ValueTask<SequencedBatch?> ReadLogAsync(CancellationToken cancellationToken)
    {
        var page = await _log.ReadAsync(Last.Next, cancellationToken);
        lock (_lock)
        {
            if (page is null)
            {
                // The reader may lag for a moment; it is tried again after the stall patience.
                _isReadingLog = false;
                _isLogShort = !_offers.IsEmpty;
                return null;
            }

            Invariant.That(page.First == Last.Next, "INV-81", "a page of the log starts at the requested position");
            _watermark = page.Watermark > _watermark ? page.Watermark : _watermark;
            return Deliver(page);
        }
    }

    // Rings without new records must not extend a stall forever, so the time counts from when the need first arose.
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
            if (need == Need.Offer)
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
        Offer,
        Log,
    }
}
