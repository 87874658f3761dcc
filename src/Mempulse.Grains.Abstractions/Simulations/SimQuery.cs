using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A request to simulate a bundle.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-query")]
public sealed record SimQuery
{
    /// <summary>The transactions, in order.</summary>
    [Id(0)]
    public required IReadOnlyList<SimTransaction> Transactions { get; init; }

    /// <summary>The block whose state the bundle starts from: a height in hex, a hash, "latest", "safe", "finalized" or "earliest".</summary>
    [Id(1)]
    public string Block { get; init; } = "latest";

    /// <summary>Hashes of further transactions that may revert.</summary>
    [Id(2)]
    public IReadOnlyList<Hash256> Reverting { get; init; } = [];

    /// <summary>The account whose profit is reported; null for the first sender.</summary>
    [Id(3)]
    public Address? Account { get; init; }

    /// <summary>Overrides of the state before the bundle.</summary>
    [Id(4)]
    public IReadOnlyList<SimOverride> Overrides { get; init; } = [];

    /// <summary>True for a digest over every instruction.</summary>
    [Id(5)]
    public bool DigestsSteps { get; init; }

    /// <summary>The root that EIP-4788 stores at the start of the block; null to store nothing.</summary>
    [Id(6)]
    public Hash256? ParentBeaconRoot { get; init; }

    /// <summary>The opportunity it is for; zero for none.</summary>
    [Id(7)]
    public Hash256 Opportunity { get; init; }

    /// <summary>The bytes of the bundle that it simulates, to be stored with the witness; null for none. They are private.</summary>
    [Id(8)]
    public ReadOnlyMemory<byte>? BundleBytes { get; init; }
}
