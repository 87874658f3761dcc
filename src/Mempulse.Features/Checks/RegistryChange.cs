namespace Mempulse.Features.Checks;

/// <summary>A difference between two versions of a registry.</summary>
/// <param name="Kind">What happened to the entry.</param>
/// <param name="Part">The part of the file: "layout", "function", "contract", "selector" or "wrappedEther".</param>
/// <param name="Name">The entry.</param>
/// <param name="Before">What it said; empty if it was added.</param>
/// <param name="After">What it says; empty if it was removed.</param>
public sealed record RegistryChange(ChangeKind Kind, string Part, string Name, string Before, string After);
