using Mempulse.Client.Ranking;

namespace Mempulse.Client.Listing;

/// <summary>A waiting transaction. Amounts in wei are decimal strings.</summary>
public sealed record MempoolTxPart
{
    /// <summary>The transaction.</summary>
    public required string Hash { get; init; }

    /// <summary>Its state: Seen, Pending, Queued or Left.</summary>
    public required string State { get; init; }

    /// <summary>When it first appeared.</summary>
    public required string FirstTime { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    public string? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>Number of nonces below its own that no known transaction has; null if that is not known.</summary>
    public ulong? MissingNonces { get; init; }

    /// <summary>True if another transaction had its nonce before.</summary>
    public required bool Replacement { get; init; }

    /// <summary>EIP-2718 type: Legacy, AccessList, DynamicFee, Blob or SetCode; null while only its hash is known.</summary>
    public string? Type { get; init; }

    /// <summary>How its fee cap stands to the base fee of the next block: next, near, below or unknown.</summary>
    public required string Fee { get; init; }

    /// <summary>The tip per gas that the producer of the next block gets, in wei; null if that is not known, or it does not pay the base fee.</summary>
    public string? Tip { get; init; }

    /// <summary>Cap on the fee per gas, in wei; null while only its hash is known.</summary>
    public string? MaxFeePerGas { get; init; }

    /// <summary>Cap on the tip per gas, in wei; null while only its hash is known.</summary>
    public string? MaxPriorityFeePerGas { get; init; }

    /// <summary>What it calls; null if its body did not come while a registry was in force.</summary>
    public MempoolCallPart? Call { get; init; }

    /// <summary>The risks that it has, and those that could not be decided.</summary>
    public required IReadOnlyList<FlagPart> Flags { get; init; }

    /// <summary>Its score by the configured profile; null if it has none.</summary>
    public long? Score { get; init; }

    /// <summary>True if a strategy found an opportunity in it.</summary>
    public required bool Trigger { get; init; }

    /// <summary>Number of its sightings.</summary>
    public required uint Sightings { get; init; }

    /// <summary>The sources that announced it, in the order in which they did.</summary>
    public required IReadOnlyList<HeardPart> HeardBy { get; init; }
}
