using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Mempulse.Schedules.Tests.Doubles;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading.Tasks;

/// <summary>Stands for the runtime's ValueTask, whose async methods would otherwise not belong to the schedule.</summary>
[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder))]
public readonly struct ValueTask : ICriticalNotifyCompletion, IFlowAwaiter
{
    private readonly Task? _task;
    private readonly IValueTaskSource? _source;
    private readonly short _token;

    public ValueTask(Task task) => _task = task;

    public ValueTask(IValueTaskSource source, short token) => (_source, _token) = (source, token);

    public static ValueTask CompletedTask => default;

    public bool IsCompleted => _source is null ? _task is null || _task.IsCompleted : _source.GetStatus(_token) != ValueTaskSourceStatus.Pending;

    public static ValueTask<TResult> FromResult<TResult>(TResult result) => new(result);

    public static ValueTask<TResult> FromException<TResult>(Exception exception) => new(Task.FromException<TResult>(exception));

    public ValueTask ConfigureAwait(bool continueOnCapturedContext) => this;

    public ValueTask GetAwaiter() => this;

    public void GetResult()
    {
        _source?.GetResult(_token);
        _task?.GetAwaiter().GetResult();
    }

    public void Continue(Action flow) => FlowSource.Continue(_task, _source is { } source ? source.OnCompleted : null, _token, flow);

    public void OnCompleted(Action continuation) => throw new NotSupportedException();

    public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();
}

/// <summary>Stands for the runtime's ValueTask with a result.</summary>
[AsyncMethodBuilder(typeof(AsyncValueTaskMethodBuilder<>))]
public readonly struct ValueTask<TResult> : ICriticalNotifyCompletion, IFlowAwaiter
{
    private readonly Task<TResult>? _task;
    private readonly IValueTaskSource<TResult>? _source;
    private readonly TResult? _result;
    private readonly short _token;

    public ValueTask(TResult result) => _result = result;

    public ValueTask(Task<TResult> task) => _task = task;

    public ValueTask(IValueTaskSource<TResult> source, short token) => (_source, _token) = (source, token);

    public bool IsCompleted => _source is null ? _task is null || _task.IsCompleted : _source.GetStatus(_token) != ValueTaskSourceStatus.Pending;

    public async Task<TResult> AsTask() => await this;

    public ValueTask<TResult> ConfigureAwait(bool continueOnCapturedContext) => this;

    public ValueTask<TResult> GetAwaiter() => this;

    public TResult GetResult() => _source is not null ? _source.GetResult(_token) : _task is not null ? _task.GetAwaiter().GetResult() : _result!;

    public void Continue(Action flow) => FlowSource.Continue(_task, _source is { } source ? source.OnCompleted : null, _token, flow);

    public void OnCompleted(Action continuation) => throw new NotSupportedException();

    public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();
}
