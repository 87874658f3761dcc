using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Audits;

/// <summary>A block whose audit is kept.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="IsCanonical">False once it left the chain.</param>
[GenerateSerializer, Immutable, Alias("mempulse.kept-audit")]
public sealed record KeptAudit([property: Id(0)] BlockNumber Number, [property: Id(1)] Hash256 Hash, [property: Id(2)] bool IsCanonical);
