using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A transaction of a bundle as it ran.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-tx-view")]
public sealed record SimTxView
{
    /// <summary>Its hash.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>Who signed it.</summary>
    [Id(1)]
    public required Address Sender { get; init; }

    /// <summary>True when its changes stand.</summary>
    [Id(2)]
    public required bool Succeeded { get; init; }

    /// <summary>How its outermost call ended, by name.</summary>
    [Id(3)]
    public required string Status { get; init; }

    /// <summary>Gas paid for.</summary>
    [Id(4)]
    public required Gas GasUsed { get; init; }

    /// <summary>What it returned or reverted with.</summary>
    [Id(5)]
    public required ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>The new contract.</summary>
    [Id(6)]
    public Address? Created { get; init; }

    /// <summary>Its logs.</summary>
    [Id(7)]
    public IReadOnlyList<SimLog> Logs { get; init; } = [];

    /// <summary>What it said when it reverted; empty when it did not, or said nothing.</summary>
    [Id(8)]
    public string Revert { get; init; } = string.Empty;

    /// <summary>What the coinbase earned by it.</summary>
    [Id(9)]
    public required Wei CoinbasePayment { get; init; }

    /// <summary>Digest over its instructions; zero when not asked for.</summary>
    [Id(10)]
    public Hash256 StepDigest { get; init; }
}
