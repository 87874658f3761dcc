namespace Mempulse.Client.Simulations;

/// <summary>Whether an answer has the trace of a simulation.</summary>
public enum SimTrace
{
    /// <summary>The call tree is in the answer.</summary>
    Included,

    /// <summary>It is left out: it is the largest part.</summary>
    Omitted,
}
