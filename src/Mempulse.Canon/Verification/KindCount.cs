using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Verification;

/// <summary>How much of one kind there is.</summary>
/// <param name="Kind">The kind; its number may be one that this version has no name for.</param>
/// <param name="Events">Number of records.</param>
/// <param name="Bytes">Their bytes, without length and CRC.</param>
public sealed record KindCount(EventKind Kind, long Events, long Bytes);
