namespace Mempulse.Testing.Pools;

/// <summary>Random swaps of one family of pools, held against the contract.</summary>
/// <param name="Family">The family.</param>
/// <param name="Swaps">Number of swaps.</param>
/// <param name="Filled">How many of them the contract carried out.</param>
/// <param name="Differences">How many differ from the contract.</param>
/// <param name="First">The first difference; null if all agree.</param>
public sealed record FamilyRun(string Family, int Swaps, int Filled, int Differences, string? First);
