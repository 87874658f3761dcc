using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source announced a transaction that had left every source.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="To">Its state after.</param>
    public sealed record TxReturned(Hash256 Hash, TxState To) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)40;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxReturned), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => fields.Code("to", To);

        private static TxReturned Read(in RecordView record, ref PayloadReader fields) => new(record.TxKey, (TxState)fields.Code());
    }
}
