using System.Runtime.CompilerServices;
using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Doubles;

/// <summary>Awaits a condition over the state of the schedule.</summary>
internal readonly struct Condition(string doing, Func<bool> until) : ICriticalNotifyCompletion, IFlowAwaiter
{
    /// <summary>Always false: others may run before the condition is looked at.</summary>
    public bool IsCompleted => false;

    public Condition GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void Continue(Action flow) => Schedule.Continue(doing, flow, until, Schedule.Group);

    public void OnCompleted(Action continuation) => throw new NotSupportedException();

    public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();
}
