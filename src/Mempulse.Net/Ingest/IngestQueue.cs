namespace Mempulse.Net.Ingest;

/// <summary>The bounded queue between a lane's sources and its decode workers. A full queue refuses the newest item.</summary>
/// <remarks>Any thread may post and take; takers block. Posts keep their order across chunk numbers and within a chunk.</remarks>
internal sealed class IngestQueue(IngestPipelineOptions options) : IDisposable
{
    /// <summary>Slots reserved for posts that wait, so that a flood of refused posts cannot starve them.</summary>
    private const int PlacesForWaiting = 64;

    /// <summary>Maximum bytes of large facts that wait, such as the receipts of blocks. One alone may be larger.</summary>
    internal const int MaxFactBytes = 8 << 20;

    /// <summary>Minimum items that are worth the cost of locking a chunk.</summary>
    private const int LeastChunkItems = 8;

    private readonly object _gate = new();
    private readonly SemaphoreSlim _oneWaits = new(1, 1);
    private readonly AsyncSignal _room = new();
    private readonly Slot[] _ring = new Slot[options.QueueCapacityItems + PlacesForWaiting];
    private readonly BodyArena _bodies = new(options.QueueCapacityBytes);
    private int _head;
    private int _count;
    private int _factBytes;
    private int _peak;
    private long _acceptedCount;
    private long _nextChunk;
    private bool _isPostWaiting;
    private bool _isClosed;

    /// <summary>Items the queue holds before it refuses more.</summary>
    public int Capacity => options.QueueCapacityItems;

    /// <summary>Items currently in the queue.</summary>
    public int Depth => Volatile.Read(ref _count);

    /// <summary>Peak number of items.</summary>
    public int Peak => Volatile.Read(ref _peak);

    /// <summary>Number of items accepted.</summary>
    public long AcceptedCount => Interlocked.Read(ref _acceptedCount);

    /// <summary>Queues an item, or returns why not. Never waits.</summary>
    public PostOutcome TryPost(in IngestItem item)
    {
        lock (_gate)
        {
            return PostWithLock(item, options.QueueCapacityItems);
        }
    }

    /// <summary>Queues an item, waiting for room if necessary.</summary>
    public ValueTask<PostOutcome> PostAsync(IngestItem item, CancellationToken cancellationToken)
    {
        PostOutcome outcome;
        lock (_gate)
        {
            // A post that already waits goes first.
            outcome = _isPostWaiting ? PostOutcome.Full : PostWithLock(item, options.QueueCapacityItems);
        }

        return outcome == PostOutcome.Full ? PostWhenRoomAsync(item, cancellationToken) : ValueTask.FromResult(outcome);
    }

    /// <summary>Fills an empty chunk with the oldest items and gives it the next number; blocks while the queue is empty.</summary>
    /// <returns>False if the queue is closed and empty.</returns>
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

    /// <summary>Closes the queue to posts. Queued items can still be taken.</summary>
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

        bool hasFactRoom = item.FactBytes == 0 || _factBytes == 0 || _factBytes + item.FactBytes <= MaxFactBytes;
        if (_count >= capacity || !hasFactRoom || !_bodies.TryAdd(item.Raw.Span, out int offset, out int reserved))
        {
            return PostOutcome.Full;
        }

        _ring[(int)(((long)_head + _count) % _ring.Length)] = new Slot(item.Over(default), offset, item.Raw.Length, reserved);
        _count++;
        _factBytes += item.FactBytes;
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
        _factBytes -= slot.Item.FactBytes;
        slot = default;
        _head = (_head + 1) % _ring.Length;
        _count--;
    }

    private readonly record struct Slot(IngestItem Item, int Offset, int Length, int Reserved);
}
