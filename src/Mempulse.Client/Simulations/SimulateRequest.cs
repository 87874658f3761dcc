namespace Mempulse.Client.Simulations;

/// <summary>A bundle to simulate, with the names of eth_callBundle and eth_simulateV1.</summary>
public sealed record SimulateRequest
{
    /// <summary>Raw signed transactions in hex, in order.</summary>
    public required IReadOnlyList<string> Txs { get; init; }

    /// <summary>The block whose state the bundle starts from: "latest" (the default), "safe", "finalized", "earliest", a height in hex, or a block hash. The bundle runs at the start of the block after it.</summary>
    public string? StateBlockNumber { get; init; }

    /// <summary>Hashes of transactions that may revert or halt without failing the bundle.</summary>
    public IReadOnlyList<string>? RevertingTxHashes { get; init; }

    /// <summary>Overrides of accounts before the bundle, by address.</summary>
    public IReadOnlyDictionary<string, StateOverrideBody>? StateOverrides { get; init; }

    /// <summary>The account whose profit is reported; the first sender when absent.</summary>
    public string? Account { get; init; }

    /// <summary>The root that EIP-4788 stores at the start of the block; nothing is stored when absent, because an execution node does not know it in advance.</summary>
    public string? ParentBeaconBlockRoot { get; init; }

    /// <summary>True for a digest over every instruction of each transaction.</summary>
    public bool StepDigest { get; init; }
}
