namespace Mempulse.Scheduling;

/// <summary>A task that is completed by hand. It has no continuations to run: an awaiting flow polls it.</summary>
public sealed class Promise<TResult>
{
    private readonly TaskCompletionSource<TResult> _source = new();

    /// <summary>The task.</summary>
    public Task<TResult> Task => _source.Task;

    /// <summary>Completes the task; false if it is completed already.</summary>
    public bool TryComplete(TResult result) => _source.TrySetResult(result);

    /// <summary>Fails the task, or cancels it with an <see cref="OperationCanceledException"/>; false if it is completed already.</summary>
    public bool TryFail(Exception failure) =>
        failure is OperationCanceledException cancelled ? _source.TrySetCanceled(cancelled.CancellationToken) : _source.TrySetException(failure);
}
