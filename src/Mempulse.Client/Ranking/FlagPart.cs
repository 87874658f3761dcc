namespace Mempulse.Client.Ranking;

/// <summary>A risk of a transaction: docs/formats/ranking.md lists them.</summary>
/// <param name="Name">The risk, such as "no_deadline".</param>
/// <param name="Standing">Present, Absent, or Unknown where what would decide it is not at hand.</param>
/// <param name="Number">Its number as a decimal string; null if it is not known, or there is nothing to say.</param>
/// <param name="Unit">The unit of the number.</param>
/// <param name="PaysAfterGas">For sandwich_exposed: whether an attack would gain more than its gas costs; null if that is not known.</param>
public sealed record FlagPart(string Name, string Standing, string? Number, string? Unit, bool? PaysAfterGas);
