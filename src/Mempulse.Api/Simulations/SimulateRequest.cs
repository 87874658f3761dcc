namespace Mempulse.Api.Simulations;

/// <summary>A bundle to be simulated, in the words of eth_callBundle and eth_simulateV1.</summary>
public sealed record SimulateRequest
{
    /// <summary>Raw signed transactions in hex, in order.</summary>
    public required IReadOnlyList<string> Txs { get; init; }

    /// <summary>The block whose state the bundle finds: "latest" (the default), "safe", "finalized", "earliest", a height in hex, or a block hash. The bundle runs at the start of the block after it.</summary>
    public string? StateBlockNumber { get; init; }

    /// <summary>Hashes of transactions that may revert or halt without failing the bundle.</summary>
    public IReadOnlyList<string>? RevertingTxHashes { get; init; }

    /// <summary>What accounts are to be before the bundle, by address.</summary>
    public IReadOnlyDictionary<string, StateOverrideBody>? StateOverrides { get; init; }

    /// <summary>Whose gains are told; the first sender when absent.</summary>
    public string? Account { get; init; }

    /// <summary>What EIP-4788 stores at the start of the block; nothing is stored when absent, for no execution node knows it beforehand.</summary>
    public string? ParentBeaconBlockRoot { get; init; }

    /// <summary>True for a digest over every instruction of each transaction.</summary>
    public bool StepDigest { get; init; }
}
