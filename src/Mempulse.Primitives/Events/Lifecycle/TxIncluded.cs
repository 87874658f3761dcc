using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A canonical block includes a transaction.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Sender">Its sender. A key of the record.</param>
    /// <param name="From">Its state before.</param>
    /// <param name="Number">The height of the block.</param>
    /// <param name="Index">Its index in the block, from 0.</param>
    /// <param name="Outcome">What the block's event says about its receipt.</param>
    public sealed record TxIncluded(
        Hash256 Hash,
        Hash256 Block,
        Address Sender,
        TxState From,
        BlockNumber Number,
        int Index,
        ExecutionOutcome Outcome) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)34;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxIncluded), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Block(Block), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => WriteFields(ref fields, From, Number, Index, Outcome);

        internal static void WriteFields<TFields>(ref TFields fields, TxState from, BlockNumber number, int index, ExecutionOutcome outcome)
            where TFields : IFieldWriter, allows ref struct
        {
            fields.Code("from", from);
            fields.Number("number", number.Value);
            fields.Number("index", (ulong)index);
            fields.Ternary("outcome", outcome);
        }

        private static TxIncluded Read(in RecordView record, ref PayloadReader fields) => new(
            record.TxKey,
            record.BlockKey,
            record.SenderKey,
            (TxState)fields.Code(),
            new BlockNumber(fields.Number()),
            fields.Count(),
            (ExecutionOutcome)fields.Ternary());
    }
}
