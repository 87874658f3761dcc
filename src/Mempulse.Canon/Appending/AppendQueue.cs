using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>The batches that wait for the writer: while it syncs one frame, the next one collects here.</summary>
/// <remarks>Thread-safe. Bounded: when it is full, producers wait asynchronously, which is the log's back-pressure.</remarks>
internal sealed class AppendQueue(int capacityBatches)
{
    /// <summary>Polls of the empty queue before the writer parks: about 20 us, less than parking and waking costs both sides.</summary>
    private const int PollsBeforeParking = 32;

    private const int SpinsPerPoll = 16;

    private static readonly bool CanSpin = Environment.ProcessorCount > 1;

    private readonly object _gate = new(); // not a Lock: the writer waits on it with Monitor.Wait
    private readonly Queue<PendingAppend> _waiting = new(capacityBatches);
    private readonly Stack<PendingAppend> _spare = new();
    private TaskCompletionSource? _room;
    private Exception? _closedBecause;
    private bool _isWriterWaiting;
    private volatile bool _hasWork;

    /// <summary>Number of batches that wait for the writer, without the callers that wait for room.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Queues a batch for the writer; the task completes with its outcome.</summary>
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

    /// <summary>Waits for batches and takes as many as fit into <paramref name="frameTargetBytes"/>, at least one.</summary>
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

    /// <summary>Refuses further batches with this reason; the writer still takes those already queued.</summary>
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

    /// <summary>Returns a promise to the pool after its outcome was read.</summary>
    public void Return(PendingAppend pending)
    {
        lock (_gate)
        {
            _spare.Push(pending);
        }
    }

    /// <summary>Creates a new exception of the same kind: one instance thrown to many callers would mix their stack traces.</summary>
    public static Exception Restated(Exception reason) => reason switch
    {
        Fencing.LogFencedException fenced => new Fencing.LogFencedException(fenced.Message, fenced),
        LogFullException full => new LogFullException(full.Message, full),
        LogUnreachableException unreachable => new LogUnreachableException(unreachable.Message, unreachable),
        ObjectDisposedException disposed => new ObjectDisposedException(disposed.ObjectName),
        _ => new LogFailedException(reason.Message, reason),
    };

    private void SpinForWork()
    {
        for (int poll = 0; CanSpin && poll < PollsBeforeParking && !_hasWork; poll++)
        {
            Thread.SpinWait(SpinsPerPoll);
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
