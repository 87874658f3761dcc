using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>No connected source whose pool is checked still has a waiting transaction.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="From">Its state before.</param>
    /// <param name="Sources">Number of sources that it left.</param>
    public sealed record TxVanished(Hash256 Hash, TxState From, int Sources) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)39;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxVanished), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("from", From);
            fields.Number("sources", (ulong)Sources);
        }

        private static TxVanished Read(in RecordView record, ref PayloadReader fields) => new(record.TxKey, (TxState)fields.Code(), fields.Count());
    }
}
