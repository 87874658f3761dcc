namespace Mempulse.Evm.Frames;

/// <summary>Which limit of its caller ended a run.</summary>
public enum RunLimit
{
    /// <summary>None did.</summary>
    None = 0,

    /// <summary>Instructions.</summary>
    Steps = 1,

    /// <summary>Memory of all frames together.</summary>
    Memory = 2,

    /// <summary>Calls within calls.</summary>
    Depth = 3,

    /// <summary>Inputs and outputs of all calls together, which a trace has to keep.</summary>
    TraceSize = 4,
}
