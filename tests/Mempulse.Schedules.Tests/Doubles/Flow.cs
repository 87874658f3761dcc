using System.Reflection;
using System.Runtime.CompilerServices;
using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Doubles;

/// <summary>An async method of the schedule: runs until an await that is not completed, and continues as a strand once it is.</summary>
/// <typeparam name="TResult">The result of its task.</typeparam>
internal sealed class Flow<TResult>
{
    private readonly Promise<TResult> _promise = new();
    private Action? _moveNext;

    public Task<TResult> Task => _promise.Task;

    public static Flow<TResult> Of(ref Flow<TResult>? field) => field ??= new Flow<TResult>();

    public void SetResult(TResult result) => _promise.TryComplete(result);

    public void SetException(Exception exception) => _promise.TryFail(exception);

    /// <summary>Continues the method once the awaiter is completed.</summary>
    public void Await<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        // The first await moves the method's state to the heap; its builder already holds this flow.
        _moveNext ??= new Box<TStateMachine>(stateMachine).MoveNext;
        if (!Schedule.IsRunning)
        {
            awaiter.OnCompleted(_moveNext);
        }
        else if (awaiter is IFlowAwaiter ours)
        {
            ours.Continue(_moveNext);
        }
        else if (awaiter is YieldAwaitable.YieldAwaiter)
        {
            Schedule.ContinueLast(_moveNext, Schedule.Group);
        }
        else
        {
            FlowTask.Continue(AwaitedTask<TAwaiter>.Of(awaiter), _moveNext);
        }
    }

    private sealed class Box<TStateMachine>(TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        private TStateMachine _stateMachine = stateMachine;

        public void MoveNext() => _stateMachine.MoveNext();
    }

    private static class AwaitedTask<TAwaiter>
    {
        private static readonly FieldInfo? s_task = typeof(TAwaiter).GetField("m_task", BindingFlags.Instance | BindingFlags.NonPublic);

        public static Task Of(TAwaiter awaiter) => (Task?)s_task?.GetValue(awaiter)
            ?? throw new NotSupportedException($"Cannot control an await of {typeof(TAwaiter)}.");
    }
}
