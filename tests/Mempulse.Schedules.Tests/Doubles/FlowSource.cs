using System.Threading.Tasks.Sources;
using Mempulse.Scheduling;

namespace Mempulse.Schedules.Tests.Doubles;

/// <summary>How a flow waits for a source of the product.</summary>
internal static class FlowSource
{
    public delegate void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags);

    /// <summary>Continues a flow once a task or a source is completed. The source decides on which strand, unless the flow has a group.</summary>
    public static void Continue(Task? task, OnCompleted? source, short token, Action flow)
    {
        if (source is null)
        {
            FlowTask.Continue(task!, flow);
            return;
        }

        var group = Schedule.Group;
        Action next = group is null ? flow : () => Schedule.Continue("resume", flow, null, group);
        source(static state => ((Action)state!)(), next, token, ValueTaskSourceOnCompletedFlags.None);
    }
}
