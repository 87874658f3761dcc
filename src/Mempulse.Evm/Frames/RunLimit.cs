namespace Mempulse.Evm.Frames;

/// <summary>The limit that ended a run.</summary>
public enum RunLimit
{
    /// <summary>No limit was reached.</summary>
    None = 0,

    /// <summary>Executed instructions.</summary>
    Steps = 1,

    /// <summary>Memory of all frames.</summary>
    Memory = 2,

    /// <summary>Call depth.</summary>
    Depth = 3,

    /// <summary>Size of the call trace.</summary>
    TraceSize = 4,
}
