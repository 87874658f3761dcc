using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Listing;

/// <summary>When a source announced a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">Its name; empty while it is not known.</param>
/// <param name="Lane">The lane that it feeds.</param>
/// <param name="AfterMicros">How long after the first source, in microseconds.</param>
[GenerateSerializer, Immutable, Alias("mempulse.tx-heard")]
public sealed record TxHeard([property: Id(0)] SourceId Source, [property: Id(1)] string Name, [property: Id(2)] string Lane, [property: Id(3)] uint AfterMicros);
