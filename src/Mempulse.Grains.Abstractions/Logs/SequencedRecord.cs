using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>A single record of the log.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Bytes">The record without its length and CRC, which were checked when it was read.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sequenced-record")]
public sealed record SequencedRecord([property: Id(0)] GlobalSeq Seq, [property: Id(1)] ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A view over the record's bytes.</summary>
    public RecordView View => new(Seq, Bytes.Span);
}
