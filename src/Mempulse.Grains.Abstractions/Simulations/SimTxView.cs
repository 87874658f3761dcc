using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>A transaction of a bundle as it ran.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-tx-view")]
public sealed record SimTxView
{
    /// <summary>Its hash.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>The account that signed it.</summary>
    [Id(1)]
    public required Address Sender { get; init; }

    /// <summary>True when its changes take effect.</summary>
    [Id(2)]
    public required bool Succeeded { get; init; }

    /// <summary>The name of the way its outermost call ended.</summary>
    [Id(3)]
    public required string Status { get; init; }

    /// <summary>Gas charged.</summary>
    [Id(4)]
    public required Gas GasUsed { get; init; }

    /// <summary>Return or revert data.</summary>
    [Id(5)]
    public required ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>The new contract; null when it created none.</summary>
    [Id(6)]
    public Address? Created { get; init; }

    /// <summary>Its logs.</summary>
    [Id(7)]
    public IReadOnlyList<SimLog> Logs { get; init; } = [];

    /// <summary>The reason of a revert; empty if the contract gave no reason.</summary>
    [Id(8)]
    public string Revert { get; init; } = string.Empty;

    /// <summary>The payment to the coinbase.</summary>
    [Id(9)]
    public required Wei CoinbasePayment { get; init; }

    /// <summary>Digest over its instructions; zero when not requested.</summary>
    [Id(10)]
    public Hash256 StepDigest { get; init; }
}
