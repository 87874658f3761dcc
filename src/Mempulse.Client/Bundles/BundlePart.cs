namespace Mempulse.Client.Bundles;

/// <summary>A bundle.</summary>
public sealed record BundlePart
{
    /// <summary>Keccak-256 of its bytes, target and strategy version.</summary>
    public required string Id { get; init; }

    /// <summary>Its opportunities, best first.</summary>
    public required IReadOnlyList<string> Opportunities { get; init; }

    /// <summary>The simulation that states its profit.</summary>
    public required string Simulation { get; init; }

    /// <summary>The block on whose state it was simulated.</summary>
    public required string Base { get; init; }

    /// <summary>The height of that block.</summary>
    public required ulong BaseNumber { get; init; }

    /// <summary>The only block that it is for.</summary>
    public required ulong Target { get; init; }

    /// <summary>The strategy of its first opportunity, with its version.</summary>
    public required string Strategy { get; init; }

    /// <summary>The account that signs and acts.</summary>
    public required string Operator { get; init; }

    /// <summary>The account whose profit is stated.</summary>
    public required string Account { get; init; }

    /// <summary>The token that the profit is counted in.</summary>
    public required string Token { get; init; }

    /// <summary>Its transactions, in order.</summary>
    public required IReadOnlyList<BundleTxPart> Transactions { get; init; }

    /// <summary>What the account gains by the simulation, in wei, after the payment and before the operator's gas.</summary>
    public required string Profit { get; init; }

    /// <summary>What the executor pays the block's fee recipient, in wei.</summary>
    public required string Payment { get; init; }

    /// <summary>The policy that set the payment.</summary>
    public required string PaymentPolicy { get; init; }

    /// <summary>The name under which relays replace and cancel it.</summary>
    public required string Uuid { get; init; }

    /// <summary>Its place among the bundles with that name.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The bundle with the same name before it; null for the first.</summary>
    public string? Replaces { get; init; }

    /// <summary>True if its own transactions are signed.</summary>
    public required bool OperatorSigned { get; init; }

    /// <summary>True if it was not to be sent.</summary>
    public required bool DryRun { get; init; }
}
