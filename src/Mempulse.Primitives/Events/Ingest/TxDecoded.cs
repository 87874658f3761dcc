using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A transaction's body was decoded, its hash checked and its sender recovered.</summary>
    /// <param name="Hash">The transaction. Stands in the record's keys.</param>
    /// <param name="Sender">Its recovered sender. Stands in the record's keys.</param>
    /// <param name="Tx">The body.</param>
    public sealed record TxDecoded(Hash256 Hash, Address Sender, NormalizedTx Tx) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)2;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxDecoded), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => NormalizedTxCodec.WriteFields(ref fields, Tx);

        private static TxDecoded Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.SenderKey, NormalizedTxCodec.Read(ref fields));
    }
}
