namespace Mempulse.Features.Registry;

/// <summary>A step from a value to a part of it.</summary>
/// <param name="Kind">How the part is chosen.</param>
/// <param name="Index">The member of a tuple or the element of an array; negative counts from the end.</param>
/// <param name="Path">The argument that states the index; null for other kinds.</param>
internal readonly record struct PathStep(PathStepKind Kind, int Index, ArgumentPath? Path);
