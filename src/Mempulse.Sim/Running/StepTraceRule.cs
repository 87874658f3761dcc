namespace Mempulse.Sim.Running;

/// <summary>Of which simulations every instruction is kept.</summary>
[Flags]
public enum StepTraceRule
{
    /// <summary>Of none.</summary>
    None = 0,

    /// <summary>Of those with a transaction that reverted, halted or reached a limit.</summary>
    Failures = 1,

    /// <summary>Of one in some number, chosen by the simulation's id.</summary>
    Sample = 2,
}
