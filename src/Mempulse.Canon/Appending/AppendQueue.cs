using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>Batches that wait for the writer: while it syncs one frame, the next one gathers here.</summary>
/// <remarks>Bounded: when it is full, producers wait asynchronously, which is the log's back-pressure.</remarks>
internal sealed class AppendQueue(int capacityBatches)
{
    /// <summary>Looks at the empty queue before the writer parks: some 20 us, less than parking and being woken costs both sides.</summary>
    private const int LooksBeforeParking = 32;

    private const int SpinsPerLook = 16;

    private static readonly bool CanSpin = Environment.ProcessorCount > 1;

    private readonly object _gate = new(); // and not Lock, because the writer waits on it
    private readonly Queue<PendingAppend> _waiting = new(capacityBatches);
    private readonly Stack<PendingAppend> _spare = new();
    private TaskCompletionSource? _room;
    private Exception? _closedBecause;
    private bool _isWriterWaiting;
    private volatile bool _hasWork;

    /// <summary>Hands a batch to the writer.</summary>
    public ValueTask<AppendResult> Enqueue(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closedBecause is not null)
            {
                return ValueTask.FromException<AppendResult>(Restated(_closedBecause));
            }

            if (_waiting.Count < capacityBatches)
            {
                var pending = _spare.Count > 0 ? _spare.Pop() : new PendingAppend(this);
                var outcome = pending.Start(batch, acknowledgeOn, cancellationToken);
                _waiting.Enqueue(pending);
                _hasWork = true;
                if (_isWriterWaiting)
                {
                    Monitor.Pulse(_gate);
                }

                return outcome;
            }
        }

        return EnqueueWhenRoomAsync(batch, acknowledgeOn, cancellationToken);
    }

    /// <summary>Waits for batches and takes as many as fit into a frame, at least one.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(List<PendingAppend> taken, int frameTargetBytes)
    {
        TaskCompletionSource? room;
        SpinForWork();
        lock (_gate)
        {
            while (_waiting.Count == 0 && _closedBecause is null)
            {
                _isWriterWaiting = true;
                Monitor.Wait(_gate);
                _isWriterWaiting = false;
            }

            int bytes = 0;
            while (_waiting.TryPeek(out var next) && (taken.Count == 0 || bytes + next.Batch!.SizeBytes <= frameTargetBytes))
            {
                bytes += next.Batch!.SizeBytes;
                taken.Add(_waiting.Dequeue());
            }

            _hasWork = _waiting.Count > 0 || _closedBecause is not null;
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
        return taken.Count > 0;
    }

    /// <summary>Takes no more batches, for this reason; what waits is still taken by the writer.</summary>
    public void Close(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closedBecause ??= reason;
            _hasWork = true;
            Monitor.PulseAll(_gate);
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>Takes back a promise whose outcome was read.</summary>
    public void Return(PendingAppend pending)
    {
        lock (_gate)
        {
            _spare.Push(pending);
        }
    }

    /// <summary>A fresh exception of the same kind: one object thrown to many callers would mix their stack traces.</summary>
    public static Exception Restated(Exception reason) => reason switch
    {
        Fencing.LogFencedException fenced => new Fencing.LogFencedException(fenced.Message, fenced),
        LogFullException full => new LogFullException(full.Message, full),
        ObjectDisposedException disposed => new ObjectDisposedException(disposed.ObjectName),
        _ => new LogFailedException(reason.Message, reason),
    };

    private void SpinForWork()
    {
        for (int look = 0; CanSpin && look < LooksBeforeParking && !_hasWork; look++)
        {
            Thread.SpinWait(SpinsPerLook);
        }
    }

    private async ValueTask<AppendResult> EnqueueWhenRoomAsync(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_closedBecause is not null || _waiting.Count < capacityBatches)
                {
                    break;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await Enqueue(batch, acknowledgeOn, cancellationToken).ConfigureAwait(false);
    }
}
