using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Verification;

/// <summary>Number and size of the records of one kind.</summary>
/// <param name="Kind">The kind; its number may have no name in this version.</param>
/// <param name="Events">Number of records.</param>
/// <param name="Bytes">Their total size in bytes, without length and CRC fields.</param>
public sealed record KindCount(EventKind Kind, long Events, long Bytes);
