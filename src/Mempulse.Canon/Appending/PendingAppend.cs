using System.Threading.Tasks.Sources;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>A queued batch and the promise of its outcome; pooled by its queue.</summary>
internal sealed class PendingAppend(AppendQueue owner) : IValueTaskSource<AppendResult>
{
    private ManualResetValueTaskSourceCore<AppendResult> _promise;

    private GlobalSeq _first;
    private int _count;
    private int _duplicates;

    /// <summary>The batch; null once its outcome is known.</summary>
    public EventBatch? Batch { get; private set; }

    /// <summary>Withdraws the batch until the writer places it in a frame.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Starts a new promise for a batch.</summary>
    public ValueTask<AppendResult> Start(EventBatch batch, AcknowledgeOn acknowledgeOn, CancellationToken cancellationToken)
    {
        _promise.RunContinuationsAsynchronously = acknowledgeOn == AcknowledgeOn.Pool;
        Batch = batch;
        Cancellation = cancellationToken;
        return new ValueTask<AppendResult>(this, _promise.Version);
    }

    /// <summary>Records which part of the batch the current frame holds.</summary>
    public void Place(GlobalSeq first, int count, int duplicates)
    {
        _first = first;
        _count = count;
        _duplicates = duplicates;
    }

    /// <summary>Acknowledges the batch.</summary>
    public void Complete(GlobalSeq watermark)
    {
        var result = _count == 0
            ? new AppendResult(GlobalSeq.None, GlobalSeq.None, 0, _duplicates, watermark)
            : new AppendResult(_first, _first.Plus((ulong)_count - 1), _count, _duplicates, watermark);
        Batch = null;
        _promise.SetResult(result);
    }

    /// <summary>Refuses the batch.</summary>
    public void Fail(Exception reason)
    {
        Batch = null;
        _promise.SetException(reason);
    }

    AppendResult IValueTaskSource<AppendResult>.GetResult(short token)
    {
        try
        {
            return _promise.GetResult(token);
        }
        finally
        {
            _promise.Reset();
            owner.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<AppendResult>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<AppendResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);
}
