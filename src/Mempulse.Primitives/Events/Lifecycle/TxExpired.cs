using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A transaction waited longer than the fold keeps it.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="From">Its state before.</param>
    /// <param name="WaitedSeconds">Seconds of block time it waited.</param>
    public sealed record TxExpired(Hash256 Hash, TxState From, ulong WaitedSeconds) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)37;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxExpired), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("from", From);
            fields.Number("waitedSeconds", WaitedSeconds);
        }

        private static TxExpired Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, (TxState)fields.Code(), fields.Number());
    }
}
