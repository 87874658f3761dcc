namespace Mempulse.Schedules.Tests.Doubles;

/// <summary>An awaiter of ours: it knows how an async flow of the schedule continues.</summary>
internal interface IFlowAwaiter
{
    /// <summary>Arranges that a flow continues.</summary>
    void Continue(Action flow);
}
