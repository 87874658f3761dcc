namespace Mempulse.Sim.Requests;

/// <summary>What a simulation may use at most: together they bound its time and its memory whatever the bytecode is.</summary>
public sealed record SimLimits
{
    /// <summary>Below this a transaction's own input would not fit.</summary>
    public const long LeastMemoryBytes = 4 << 20;

    /// <summary>The defaults.</summary>
    public static SimLimits Default { get; } = new();

    /// <summary>Gas limits of all transactions together. Default: a block of 60 million.</summary>
    public ulong MaxGas { get; init; } = 60_000_000;

    /// <summary>Instructions of all transactions together.</summary>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>Bytes of memory of all frames of a transaction; at least <see cref="LeastMemoryBytes"/>.</summary>
    public long MaxMemoryBytes { get; init; } = 64 << 20;

    /// <summary>Calls within calls. The default is above what the protocol allows, so it never speaks first.</summary>
    public int MaxDepth { get; init; } = 1025;

    /// <summary>Bytes that the traces of all transactions keep.</summary>
    public long MaxTraceBytes { get; init; } = 16 << 20;

    /// <summary>Transactions of a bundle.</summary>
    public int MaxTransactions { get; init; } = 64;

    /// <summary>Raw bytes of all transactions together.</summary>
    public int MaxBundleBytes { get; init; } = 2 << 20;
}
