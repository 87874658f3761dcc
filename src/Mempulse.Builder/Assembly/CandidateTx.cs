using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>A transaction of the mempool that a bundle takes along.</summary>
public sealed record CandidateTx
{
    /// <summary>Its bytes as they are sent.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Its hash.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>Who signed it.</summary>
    public required Address Sender { get; init; }

    /// <summary>Its nonce.</summary>
    public required Nonce Nonce { get; init; }

    /// <summary>What it pays at most for a unit of gas.</summary>
    public required Wei MaxFeePerGas { get; init; }

    /// <summary>Its gas limit.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>True if the bundle holds although it reverts.</summary>
    public required bool MayRevert { get; init; }
}
