using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>One record out of the log, on its own.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Bytes">The whole record without length and CRC, which were checked when it was read.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sequenced-record")]
public sealed record SequencedRecord([property: Id(0)] GlobalSeq Seq, [property: Id(1)] ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The record's header, read in place.</summary>
    public RecordView View => new(Seq, Bytes.Span);
}
