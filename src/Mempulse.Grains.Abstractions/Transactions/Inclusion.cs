using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>Where a block includes a transaction.</summary>
/// <param name="Block">The block.</param>
/// <param name="Number">Its height.</param>
/// <param name="Index">The transaction's index in it, from 0.</param>
/// <param name="Succeeded">The receipt's status; true when the receipt is not known.</param>
[GenerateSerializer, Immutable, Alias("mempulse.inclusion")]
public sealed record Inclusion(
    [property: Id(0)] Hash256 Block,
    [property: Id(1)] BlockNumber Number,
    [property: Id(2)] int Index,
    [property: Id(3)] bool Succeeded);
