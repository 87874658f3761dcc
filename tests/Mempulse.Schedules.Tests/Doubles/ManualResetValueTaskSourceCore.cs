using System.Runtime.ExceptionServices;
using Mempulse.Scheduling;

#pragma warning disable IDE0130 // See Monitor.
namespace System.Threading.Tasks.Sources;

/// <summary>Stands for the runtime's core of value task sources, whose continuations would otherwise go to the real pool.</summary>
internal struct ManualResetValueTaskSourceCore<TResult>
{
    private Action<object?>? _continuation;
    private object? _state;
    private TResult? _result;
    private ExceptionDispatchInfo? _error;
    private bool _isCompleted;

    public bool RunContinuationsAsynchronously { get; set; }

    public short Version { get; private set; }

    public void Reset()
    {
        Version = unchecked((short)(Version + 1)); // as in the runtime
        (_continuation, _state, _result, _error, _isCompleted) = (null, null, default, null, false);
    }

    public void SetResult(TResult result)
    {
        _result = result;
        Complete();
    }

    public void SetException(Exception error)
    {
        _error = ExceptionDispatchInfo.Capture(error);
        Complete();
    }

    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token == Version);
        return !_isCompleted ? ValueTaskSourceStatus.Pending : _error is null ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Faulted;
    }

    public readonly TResult GetResult(short token)
    {
        Check(token == Version && _isCompleted);
        _error?.Throw();
        return _result!;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token == Version && _continuation is null);
        Schedule.Point("await the outcome");
        (_continuation, _state) = (continuation, state);
        if (_isCompleted)
        {
            Schedule.Start("pool", () => continuation(state));
        }
    }

    private static void Check(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("A value task was used twice or too early.");
        }
    }

    private void Complete()
    {
        Check(!_isCompleted);
        _isCompleted = true;
        if (_continuation is not { } continuation)
        {
            return;
        }

        object? state = _state;
        if (RunContinuationsAsynchronously)
        {
            Schedule.Start("pool", () => continuation(state));
        }
        else
        {
            continuation(state);
        }
    }
}
