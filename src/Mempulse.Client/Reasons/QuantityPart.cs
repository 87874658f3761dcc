namespace Mempulse.Client.Reasons;

/// <summary>A number that a reason states.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number, as a decimal string.</param>
/// <param name="Unit">Its unit.</param>
public sealed record QuantityPart(string Name, string Value, string Unit);
