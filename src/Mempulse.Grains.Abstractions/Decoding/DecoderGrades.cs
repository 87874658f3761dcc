namespace Mempulse.Grains.Abstractions.Decoding;

/// <summary>How far decoding can be relied on, by what the chain showed.</summary>
/// <param name="Decoders">The functions that were graded.</param>
/// <param name="NotGraded">Included trades that were not graded: their logs were incomplete or unverified, or a bound was reached.</param>
[GenerateSerializer, Immutable, Alias("mempulse.decoder-grades")]
public sealed record DecoderGrades([property: Id(0)] IReadOnlyList<DecoderReport> Decoders, [property: Id(1)] ulong NotGraded);
