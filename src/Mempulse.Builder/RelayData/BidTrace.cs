using Mempulse.Primitives;

namespace Mempulse.Builder.RelayData;

/// <summary>A block that a builder offered, as a relay states it: a claim, not a proof.</summary>
/// <remarks>flashbots/relay-specs, BidTraceV2WithTimestamp.</remarks>
public sealed record BidTrace
{
    /// <summary>The slot.</summary>
    public required ulong Slot { get; init; }

    /// <summary>The block before.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>The block.</summary>
    public required Hash256 BlockHash { get; init; }

    /// <summary>Its height.</summary>
    public required BlockNumber BlockNumber { get; init; }

    /// <summary>Who built it.</summary>
    public required BuilderKey Builder { get; init; }

    /// <summary>Who proposes it.</summary>
    public required BuilderKey Proposer { get; init; }

    /// <summary>Whom the builder pays.</summary>
    public required Address ProposerFeeRecipient { get; init; }

    /// <summary>Its gas limit.</summary>
    public required Gas GasLimit { get; init; }

    /// <summary>The gas that it uses.</summary>
    public required Gas GasUsed { get; init; }

    /// <summary>What the builder pays.</summary>
    public required Wei Value { get; init; }

    /// <summary>Its transactions.</summary>
    public required ulong TransactionCount { get; init; }

    /// <summary>When the relay received it, in milliseconds since 1970; null for a delivered block.</summary>
    public ulong? ReceivedMilliseconds { get; init; }
}
