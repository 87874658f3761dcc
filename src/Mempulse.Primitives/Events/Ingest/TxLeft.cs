using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source that announced or listed a transaction no longer has it, and no block includes it.</summary>
    /// <remarks>A later <see cref="TxSeen"/> of the source takes it back.</remarks>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Via">How this was found.</param>
    public sealed record TxLeft(Hash256 Hash, LeavingVia Via) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)10;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxLeft), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => fields.Code("via", Via);

        private static TxLeft Read(in RecordView record, ref PayloadReader fields) => new(record.TxKey, (LeavingVia)fields.ByteCode());
    }
}
