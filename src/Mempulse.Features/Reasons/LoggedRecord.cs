using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Reasons;

/// <summary>A record of the log in memory of its own.</summary>
/// <param name="Seq">Its position.</param>
/// <param name="Bytes">The record without length and CRC.</param>
public sealed record LoggedRecord(GlobalSeq Seq, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A view of its bytes.</summary>
    public RecordView View => new(Seq, Bytes.Span);
}
