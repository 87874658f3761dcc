using Mempulse.Primitives;

namespace Mempulse.Builder.Assembly;

/// <summary>What holds for every bundle of one target block.</summary>
public sealed record BundleTerms
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The executor contract.</summary>
    public required Address Executor { get; init; }

    /// <summary>The operator, who owns the executor.</summary>
    public required Address Operator { get; init; }

    /// <summary>The operator's next nonce.</summary>
    public required Nonce Nonce { get; init; }

    /// <summary>The block it is for.</summary>
    public required BlockNumber Target { get; init; }

    /// <summary>The highest base fee that the block can have.</summary>
    public required Wei BaseFee { get; init; }

    /// <summary>What own transactions pay the fee recipient for a unit of gas.</summary>
    public required Wei Tip { get; init; }

    /// <summary>How much of a gain is paid.</summary>
    public required PaymentPolicy Payment { get; init; }

    /// <summary>How large it may be.</summary>
    public required BundleBounds Bounds { get; init; }

    /// <summary>What the operator has for gas; null if it is not to be compared, because another account pays in the simulation.</summary>
    public Wei? Funds { get; init; }

    /// <summary>What a unit of gas costs at most.</summary>
    public Wei GasPrice => new(BaseFee.Value + Tip.Value);
}
