namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>Calls of some grain methods that wait as long as a test holds them.</summary>
internal sealed class HeldCalls(params string[] methods) : IIncomingGrainCallFilter
{
    private volatile TaskCompletionSource? _hold;

    /// <summary>Holds the calls that come from now on.</summary>
    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets them go on.</summary>
    public void Release() => _hold?.TrySetResult();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (_hold is { } hold && methods.Contains(context.MethodName, StringComparer.Ordinal))
        {
            await hold.Task;
        }

        await context.Invoke();
    }
}
