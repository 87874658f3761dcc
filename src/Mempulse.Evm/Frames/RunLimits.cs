namespace Mempulse.Evm.Frames;

/// <summary>The limits of a run beyond gas; a run that reaches one ends without a result.</summary>
public sealed record RunLimits
{
    /// <summary>No limits except those of the protocol.</summary>
    public static RunLimits None { get; } = new();

    /// <summary>Maximum number of instructions; enforced only by a <see cref="Recording.RunRecorder"/>.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>Maximum memory of all frames in bytes.</summary>
    public long MaxMemoryBytes { get; init; } = RunContext.MaxMemoryBytes;

    /// <summary>Maximum call depth, where the outermost frame has depth 0. The protocol itself fails a call to depth 1,025, an ordinary outcome.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>Maximum size of the call trace in bytes; enforced only by a <see cref="Recording.RunRecorder"/>.</summary>
    /// <remarks>Gas does not bound it: large inputs and outputs of calls cost almost nothing.</remarks>
    public long MaxTraceBytes { get; init; } = long.MaxValue;
}
