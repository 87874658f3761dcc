namespace Mempulse.Net.Ingest;

/// <summary>The bounded queue between a lane's sources and its decode workers: full means that the newest is refused.</summary>
/// <remarks>Any thread posts and takes. Takers block their own threads. The order of posts is the order of chunk numbers, and of items in a chunk.</remarks>
internal sealed class IngestQueue(IngestPipelineOptions options) : IDisposable
{
    /// <summary>Places that only waiting posts use, so that a flood of refused ones cannot keep them out.</summary>
    private const int PlacesForWaiting = 64;

    /// <summary>Fewest items worth the locking of a chunk.</summary>
    private const int LeastChunkItems = 8;

    private readonly object _gate = new();
    private readonly SemaphoreSlim _oneWaits = new(1, 1);
    private readonly AsyncSignal _room = new();
    private readonly Slot[] _ring = new Slot[options.QueueCapacityItems + PlacesForWaiting];
    private readonly BodyArena _bodies = new(options.QueueCapacityBytes);
    private int _head;
    private int _count;
    private int _peak;
    private long _acceptedCount;
    private long _nextChunk;
    private bool _isPostWaiting;
    private bool _isClosed;

    /// <summary>Items the queue holds before it refuses.</summary>
    public int Capacity => options.QueueCapacityItems;

    /// <summary>Items in the queue now.</summary>
    public int Depth => Volatile.Read(ref _count);

    /// <summary>Most items it ever held.</summary>
    public int Peak => Volatile.Read(ref _peak);

    /// <summary>Items it ever accepted.</summary>
    public long AcceptedCount => Interlocked.Read(ref _acceptedCount);

    /// <summary>Puts an item at the end, or says why not. Never waits.</summary>
    public PostOutcome TryPost(in IngestItem item)
    {
        lock (_gate)
        {
            return PostWithLock(item, options.QueueCapacityItems);
        }
    }

    /// <summary>Puts an item at the end, when there is room for it.</summary>
    public ValueTask<PostOutcome> PostAsync(IngestItem item, CancellationToken cancellationToken)
    {
        PostOutcome outcome;
        lock (_gate)
        {
            // One that came first and waits goes first.
            outcome = _isPostWaiting ? PostOutcome.Full : PostWithLock(item, options.QueueCapacityItems);
        }

        return outcome == PostOutcome.Full ? PostWhenRoomAsync(item, cancellationToken) : ValueTask.FromResult(outcome);
    }

    /// <summary>Fills an empty chunk with the oldest items and the next number; blocks while there are none.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(DecodeChunk chunk)
    {
        lock (_gate)
        {
            while (_count == 0)
            {
                if (_isClosed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            chunk.Begin(_nextChunk++);
            int share = Math.Min(Math.Min(_count, options.ChunkItems), Math.Max(LeastChunkItems, _count / options.DecodeWorkers));
            for (; share > 0; share--)
            {
                TakeOneWithLock(chunk);
            }

            if (_isPostWaiting && _count <= options.QueueCapacityItems / 2)
            {
                _room.Set();
            }

            return true;
        }
    }

    /// <summary>Takes nothing any more; what stands in the queue can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        _room.Set();
    }

    /// <inheritdoc/>
    public void Dispose() => _oneWaits.Dispose();

    private async ValueTask<PostOutcome> PostWhenRoomAsync(IngestItem item, CancellationToken cancellationToken)
    {
        await _oneWaits.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var wake = cancellationToken.UnsafeRegister(static signal => ((AsyncSignal)signal!).Set(), _room);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                lock (_gate)
                {
                    var outcome = PostWithLock(item, _ring.Length);
                    _isPostWaiting = outcome == PostOutcome.Full;
                    if (!_isPostWaiting)
                    {
                        return outcome;
                    }
                }

                await _room.WaitAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_gate)
            {
                _isPostWaiting = false;
            }

            _oneWaits.Release();
        }
    }

    private PostOutcome PostWithLock(in IngestItem item, int capacity)
    {
        if (_isClosed)
        {
            return PostOutcome.Closed;
        }

        if (item.Raw.Length > options.MaxBodyBytes)
        {
            return PostOutcome.Oversize;
        }

        if (_count >= capacity || !_bodies.TryAdd(item.Raw.Span, out int offset, out int reserved))
        {
            return PostOutcome.Full;
        }

        _ring[(int)(((long)_head + _count) % _ring.Length)] = new Slot(item.Over(default), offset, item.Raw.Length, reserved);
        _count++;
        _peak = Math.Max(_peak, _count);
        _acceptedCount++;
        Monitor.Pulse(_gate);
        return PostOutcome.Accepted;
    }

    private void TakeOneWithLock(DecodeChunk chunk)
    {
        ref var slot = ref _ring[_head];
        chunk.Add(slot.Item, _bodies.Read(slot.Offset, slot.Length));
        _bodies.Free(slot.Reserved);
        slot = default;
        _head = (_head + 1) % _ring.Length;
        _count--;
    }

    private readonly record struct Slot(IngestItem Item, int Offset, int Length, int Reserved);
}
