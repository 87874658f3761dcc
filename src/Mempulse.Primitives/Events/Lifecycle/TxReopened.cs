using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A reorg took a transaction out of the chain again.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Block">The block that was left. A key of the record.</param>
    /// <param name="Sender">Its sender. A key of the record.</param>
    /// <param name="Number">The height of that block.</param>
    /// <param name="To">Its state after.</param>
    public sealed record TxReopened(Hash256 Hash, Hash256 Block, Address Sender, BlockNumber Number, TxState To) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)35;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxReopened), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Block(Block), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Code("to", To);
        }

        private static TxReopened Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.BlockKey, record.SenderKey, new BlockNumber(fields.Number()), (TxState)fields.Code());
    }
}
