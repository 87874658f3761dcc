using System.Diagnostics;
using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading.Tasks;

/// <summary>Stands for the runtime's TaskCompletionSource. Flows that await it continue as strands, never inside the call that completes it.</summary>
internal sealed class TaskCompletionSource(TaskCreationOptions creationOptions)
{
    private readonly TaskCompletionSource<bool> _source = new(creationOptions);

    public Task Task => _source.Task;

    public bool TrySetResult() => _source.TrySetResult(true);

    public void SetResult() => _source.TrySetResult(true);
}

/// <summary>Stands for the runtime's TaskCompletionSource with a result.</summary>
internal sealed class TaskCompletionSource<TResult>
{
    private readonly Promise<TResult> _promise = new();

    public TaskCompletionSource(TaskCreationOptions creationOptions) =>
        Debug.Assert(creationOptions == TaskCreationOptions.RunContinuationsAsynchronously, "Continuations inside the completing call are not modelled.");

    public Task<TResult> Task => _promise.Task;

    public bool TrySetResult(TResult result)
    {
        Schedule.Point("complete");
        return _promise.TryComplete(result);
    }
}
