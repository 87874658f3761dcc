namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>A risk of a transaction.</summary>
/// <param name="Name">The risk, such as "no_deadline".</param>
/// <param name="Standing">Present, Absent or Unknown.</param>
/// <param name="Number">Its number, a decimal number; null if it is not known, or there is nothing to say.</param>
/// <param name="Unit">The unit of the number; null for a risk without one.</param>
/// <param name="PaysAfterGas">For a swap that others can worsen: whether that would gain more than its gas; null if it is not known.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-flag")]
public sealed record TxFlag(
    [property: Id(0)] string Name, [property: Id(1)] string Standing, [property: Id(2)] string? Number, [property: Id(3)] string? Unit, [property: Id(4)] bool? PaysAfterGas);
