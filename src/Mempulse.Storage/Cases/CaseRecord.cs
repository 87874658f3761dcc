using Mempulse.Primitives;

namespace Mempulse.Storage.Cases;

/// <summary>A record of a case.</summary>
/// <param name="Seq">Its position in the log.</param>
/// <param name="Bytes">The record without length and CRC.</param>
public sealed record CaseRecord(GlobalSeq Seq, ReadOnlyMemory<byte> Bytes);
