namespace Mempulse.Client.Replays;

/// <summary>A field that two states have with different values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Its value at the first position; null if the state does not have it there.</param>
/// <param name="To">Its value at the second position; null if the state does not have it there.</param>
public sealed record FieldPart(string Name, string? From, string? To);
