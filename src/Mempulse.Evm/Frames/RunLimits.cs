namespace Mempulse.Evm.Frames;

/// <summary>What a run may use at most beside gas; a run that reaches one ends without a result.</summary>
public sealed record RunLimits
{
    /// <summary>Nothing but what the protocol itself bounds.</summary>
    public static RunLimits None { get; } = new();

    /// <summary>Instructions; counted only under a tracer that does.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>Bytes of memory of all frames together.</summary>
    public long MaxMemoryBytes { get; init; } = RunContext.MaxMemoryBytes;

    /// <summary>Calls within calls; the protocol refuses the 1,025th frame, which is an ordinary outcome.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>Bytes of input, output and logs of all calls, which cost their maker next to nothing; counted only under a tracer that does.</summary>
    public long MaxTraceBytes { get; init; } = long.MaxValue;
}
