using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Rules;

/// <summary>Which registry gives transactions their meaning.</summary>
/// <param name="ContentHash">Keccak-256 of its file.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Since">The position in the log from which it holds.</param>
[GenerateSerializer, Immutable, Alias("mempulse.registry-status")]
public sealed record RegistryStatus([property: Id(0)] Hash256 ContentHash, [property: Id(1)] string Name, [property: Id(2)] GlobalSeq Since);
