using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Decoding;

/// <summary>Turns the raw bytes of a transaction into a TxDecoded record; one for each worker.</summary>
/// <remarks>Confined to its worker's thread; keeps its scratch memory, so that a warm one allocates nothing for a valid body.</remarks>
public interface IBodyDecoder
{
    /// <summary>Decodes <paramref name="raw"/> (consensus or network form), recovers the sender and adds one record, or adds nothing and says why.</summary>
    /// <param name="raw">The bytes.</param>
    /// <param name="expected">The hash they must have, or the zero hash for any.</param>
    /// <param name="into">Where the record goes.</param>
    /// <param name="meta">The record's metadata.</param>
    BodyOutcome Decode(ReadOnlySpan<byte> raw, Hash256 expected, EventBatch into, in RecordMeta meta);
}
