using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Receipts of a block are known: of all its transactions, or of consecutive ones when they do not fit into one record.</summary>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Number">Its height.</param>
    /// <param name="First">Index in the block of the first transaction, from 0.</param>
    /// <param name="IsVerified">True when the block's receipts hash to its receiptsRoot; false for what a node claims and the root cannot confirm.</param>
    /// <param name="Receipts">The receipts in block order.</param>
    public sealed record ReceiptsObserved(
        Hash256 Block, BlockNumber Number, int First, bool IsVerified, IReadOnlyList<TxResult> Receipts) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)20;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(ReceiptsObserved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Number("first", (ulong)First);
            fields.Flag("verified", IsVerified);
            fields.BeginList("receipts", Receipts.Count);
            foreach (var receipt in Receipts)
            {
                fields.Item(receipt);
            }

            fields.EndList();
        }

        private static ReceiptsObserved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BlockKey, new BlockNumber(fields.Number()), fields.Count(), fields.Flag(), fields.List(TxResult.Read));
    }
}
