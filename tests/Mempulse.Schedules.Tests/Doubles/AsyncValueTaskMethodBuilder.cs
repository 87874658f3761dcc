using Mempulse.Schedules.Tests.Doubles;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Runtime.CompilerServices;

/// <summary>Stands for the runtime's builder of async methods that return a ValueTask.</summary>
public struct AsyncValueTaskMethodBuilder
{
    private Flow<bool>? _flow;

    public ValueTask Task => new(Flow<bool>.Of(ref _flow).Task);

    public static AsyncValueTaskMethodBuilder Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public void SetResult() => Flow<bool>.Of(ref _flow).SetResult(true);

    public void SetException(Exception exception) => Flow<bool>.Of(ref _flow).SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => Flow<bool>.Of(ref _flow).Await(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => Flow<bool>.Of(ref _flow).Await(ref awaiter, ref stateMachine);
}

/// <summary>Stands for the runtime's builder of async methods that return a ValueTask with a result.</summary>
public struct AsyncValueTaskMethodBuilder<TResult>
{
    private Flow<TResult>? _flow;

    public ValueTask<TResult> Task => new(Flow<TResult>.Of(ref _flow).Task);

    public static AsyncValueTaskMethodBuilder<TResult> Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public void SetResult(TResult result) => Flow<TResult>.Of(ref _flow).SetResult(result);

    public void SetException(Exception exception) => Flow<TResult>.Of(ref _flow).SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => Flow<TResult>.Of(ref _flow).Await(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => Flow<TResult>.Of(ref _flow).Await(ref awaiter, ref stateMachine);
}
