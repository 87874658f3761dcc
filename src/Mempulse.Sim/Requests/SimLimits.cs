namespace Mempulse.Sim.Requests;

/// <summary>The limits of a simulation, which bound its time and memory for any bytecode.</summary>
public sealed record SimLimits
{
    /// <summary>Lower bound of <see cref="MaxMemoryBytes"/>; a transaction's input may not fit into less.</summary>
    public const long LeastMemoryBytes = 4 << 20;

    /// <summary>The default limits.</summary>
    public static SimLimits Default { get; } = new();

    /// <summary>Maximum sum of the gas limits of all transactions. Default 60 million, one block.</summary>
    public ulong MaxGas { get; init; } = 60_000_000;

    /// <summary>Maximum number of instructions over all transactions. Default 50 million.</summary>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>Maximum memory in bytes over all frames of a transaction; raised to <see cref="LeastMemoryBytes"/> if lower. Default 64 MiB.</summary>
    public long MaxMemoryBytes { get; init; } = 64 << 20;

    /// <summary>Maximum call depth. The default, 1,025, exceeds the protocol's limit and so never applies.</summary>
    public int MaxDepth { get; init; } = 1025;

    /// <summary>Maximum trace size in bytes over all transactions. Default 16 MiB.</summary>
    public long MaxTraceBytes { get; init; } = 16 << 20;

    /// <summary>Maximum number of transactions of a bundle. Default 100.</summary>
    public int MaxTransactions { get; init; } = 100;

    /// <summary>Maximum total size of the encoded transactions in bytes. Default 2 MiB.</summary>
    public int MaxBundleBytes { get; init; } = 2 << 20;
}
