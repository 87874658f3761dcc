using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A transaction moved between seen, pending and queued.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Sender">Its sender. A key of the record.</param>
    /// <param name="From">Its state before.</param>
    /// <param name="To">Its state after.</param>
    /// <param name="Replaces">The transaction of the same nonce that it replaces.</param>
    public sealed record TxStateChanged(Hash256 Hash, Address Sender, TxState From, TxState To, Hash256? Replaces) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)32;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxStateChanged), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => WriteFields(ref fields, From, To, Replaces);

        internal static void WriteFields<TFields>(ref TFields fields, TxState from, TxState to, Hash256? replaces)
            where TFields : IFieldWriter, allows ref struct
        {
            fields.Code("from", from);
            fields.Code("to", to);
            fields.NullableHash("replaces", replaces);
        }

        private static TxStateChanged Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.SenderKey, (TxState)fields.Code(), (TxState)fields.Code(), fields.NullableHash());
    }
}
