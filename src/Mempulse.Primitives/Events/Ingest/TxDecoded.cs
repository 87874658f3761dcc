using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A transaction's body was decoded, its hash checked and its sender recovered.</summary>
    /// <remarks>
    /// An instance is read from a record. It cannot be created or changed otherwise: only a verified transaction is encoded as one
    /// (docs/decisions/0074).
    /// </remarks>
    public sealed record TxDecoded : LogEvent
    {
        /// <summary>For the reader of records, and for tests.</summary>
        internal TxDecoded(Hash256 hash, Address sender, NormalizedTx tx)
        {
            Hash = hash;
            Sender = sender;
            Tx = tx;
        }

        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)2;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxDecoded), Read);

        /// <summary>The transaction. A key of the record.</summary>
        public Hash256 Hash { get; }

        /// <summary>Its recovered sender. A key of the record.</summary>
        public Address Sender { get; }

        /// <summary>The body.</summary>
        public NormalizedTx Tx { get; }

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
