using Mempulse.Primitives;

namespace Mempulse.RelaySim.Landing;

/// <summary>A block that the node made.</summary>
/// <param name="Places">The place of each bundle's first transaction.</param>
internal sealed record BuiltBlock(IReadOnlyList<int> Places)
{
    /// <summary>Its hash.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>The block before.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Who gets its fees.</summary>
    public required Address FeeRecipient { get; init; }

    /// <summary>Its gas limit.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>The gas that it uses.</summary>
    public required Gas GasUsed { get; init; }

    /// <summary>Its transactions.</summary>
    public required int TransactionCount { get; init; }
}
