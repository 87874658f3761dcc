using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Receipts of a block are known with their logs: of all its transactions, or a part of them when they do not fit into one record.</summary>
    /// <remarks>
    /// The parts of a block follow each other. A receipt whose logs do not fit into one record is continued in the next: its fields are repeated
    /// there, with the logs that follow. <see cref="ReceiptsView"/> reads the record in place.
    /// </remarks>
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

        /// <summary>What the next record continues with. <see cref="ReceiptsContinuation.Complete"/> ends the block.</summary>
        public ReceiptsContinuation Continuation { get; init; }

        /// <summary>Index in the block of the first log, from 0. It counts omitted logs. 0 where <see cref="Continuation"/> is not stated.</summary>
        public int FirstLog { get; init; }

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
            fields.TrailingCode("continuation", Continuation);
            fields.TrailingNumber("firstLog", (ulong)FirstLog);
        }

        private static ReceiptsObserved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BlockKey, new BlockNumber(fields.Number()), fields.Count(), fields.Flag(), fields.List(TxResult.Read))
            {
                Continuation = (ReceiptsContinuation)fields.Code(),
                FirstLog = fields.Count(),
            };
    }
}
