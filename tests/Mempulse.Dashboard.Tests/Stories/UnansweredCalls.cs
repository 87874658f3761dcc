namespace Mempulse.Dashboard.Tests.Stories;

/// <summary>Calls of some grain methods that time out as long as a test wants it.</summary>
internal sealed class UnansweredCalls(params string[] methods) : IIncomingGrainCallFilter
{
    /// <summary>True while they time out.</summary>
    public bool IsOn { get; set; }

    public Task Invoke(IIncomingGrainCallContext context) =>
        IsOn && methods.Contains(context.MethodName, StringComparer.Ordinal) ? throw new TimeoutException("No answer, as the test wants it.") : context.Invoke();
}
