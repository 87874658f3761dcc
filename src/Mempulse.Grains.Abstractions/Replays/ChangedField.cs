namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>A field that two states have with different values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">Its value in the first state; null if the state does not have it.</param>
/// <param name="After">Its value in the second state; null if the state does not have it.</param>
[GenerateSerializer, Immutable, Alias("mempulse.changed-field")]
public sealed record ChangedField([property: Id(0)] string Name, [property: Id(1)] string? Before, [property: Id(2)] string? After);
