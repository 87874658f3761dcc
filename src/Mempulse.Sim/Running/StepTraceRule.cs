namespace Mempulse.Sim.Running;

/// <summary>Rules that select simulations for step tracing.</summary>
[Flags]
public enum StepTraceRule
{
    /// <summary>Selects no simulation.</summary>
    None = 0,

    /// <summary>Selects simulations with a transaction that reverted, halted or reached a limit.</summary>
    Failures = 1,

    /// <summary>Selects one in <see cref="StepTracePolicy.SampleOneIn"/> by the simulation id.</summary>
    Sample = 2,
}
