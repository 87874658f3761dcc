namespace Mempulse.Folding.Replays;

/// <summary>A field that two states have with different values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">Its value in the first state; null if the state does not have it.</param>
/// <param name="After">Its value in the second state; null if the state does not have it.</param>
public readonly record struct FieldChange(string Name, string? Before, string? After);
