using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>A waiting transaction.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-list-row")]
public sealed record TxListRow
{
    /// <summary>The transaction.</summary>
    [Id(0)]
    public required Hash256 Hash { get; init; }

    /// <summary>Its state: Seen, Pending, Queued or Left.</summary>
    [Id(1)]
    public required TxState State { get; init; }

    /// <summary>Time of the first fact about it.</summary>
    [Id(2)]
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>Its sender; null while only its hash is known.</summary>
    [Id(3)]
    public required Address? Sender { get; init; }

    /// <summary>Its nonce; null while only its hash is known.</summary>
    [Id(4)]
    public required Nonce? Nonce { get; init; }

    /// <summary>Number of nonces below its own that no known transaction has; null if that is not known.</summary>
    [Id(5)]
    public required ulong? MissingNonces { get; init; }

    /// <summary>True if another transaction had its nonce before.</summary>
    [Id(6)]
    public required bool IsReplacement { get; init; }

    /// <summary>How its fee cap stands to the base fee of the next block.</summary>
    [Id(7)]
    public required FeeClass Fee { get; init; }

    /// <summary>The tip per gas that the producer of the next block gets; null if that is not known, or it does not pay the base fee.</summary>
    [Id(8)]
    public required Wei? Tip { get; init; }

    /// <summary>Number of its sightings.</summary>
    [Id(9)]
    public required uint Sightings { get; init; }

    /// <summary>The sources that announced it, in the order in which they did.</summary>
    [Id(10)]
    public required IReadOnlyList<TxHeard> HeardBy { get; init; }

    /// <summary>The risks that it has, and those that could not be decided.</summary>
    [Id(11)]
    public required IReadOnlyList<TxFlag> Flags { get; init; }

    /// <summary>Its highest score; null if its call was not read, or the profile gives it none.</summary>
    [Id(12)]
    public required long? Score { get; init; }

    /// <summary>True if a strategy found an opportunity in it.</summary>
    [Id(14)]
    public required bool IsTrigger { get; init; }

    /// <summary>What it says; null while only its hash is known.</summary>
    [Id(13)]
    public required TxListBody? Body { get; init; }
}
