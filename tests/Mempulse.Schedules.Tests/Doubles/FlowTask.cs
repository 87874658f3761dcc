using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Doubles;

/// <summary>How a flow waits for a task of the runtime.</summary>
internal static class FlowTask
{
    /// <summary>Continues a flow once a task is completed.</summary>
    public static void Continue(Task task, Action flow)
    {
        // Task.Run goes to the real pool. The schedule stands still meanwhile, so the work counts as one step.
        if (task.CreationOptions.HasFlag(TaskCreationOptions.DenyChildAttach))
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        Schedule.Continue("await", flow, () => task.IsCompleted, Schedule.Group);
    }
}
