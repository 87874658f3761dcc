using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>An inclusion is final, whatever arrives later.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Sender">Its sender. A key of the record.</param>
    /// <param name="Number">The height of the block.</param>
    public sealed record TxConfirmed(Hash256 Hash, Hash256 Block, Address Sender, BlockNumber Number) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)36;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxConfirmed), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Block(Block), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => WriteFields(ref fields, Number);

        internal static void WriteFields<TFields>(ref TFields fields, BlockNumber number)
            where TFields : IFieldWriter, allows ref struct => fields.Number("number", number.Value);

        private static TxConfirmed Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.BlockKey, record.SenderKey, new BlockNumber(fields.Number()));
    }
}
