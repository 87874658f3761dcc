using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The receipt of an included transaction completes or corrects what its inclusion said about its execution.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Block">The block that includes it. A key of the record.</param>
    /// <param name="Sender">Its sender. A key of the record.</param>
    /// <param name="Number">The height of the block.</param>
    /// <param name="From">The outcome before.</param>
    /// <param name="Outcome">The outcome after.</param>
    /// <param name="GasUsed">Gas it used.</param>
    /// <param name="IsVerified">False when a node claims it and the block's receiptsRoot could not confirm it.</param>
    public sealed record TxOutcomeKnown(
        Hash256 Hash,
        Hash256 Block,
        Address Sender,
        BlockNumber Number,
        ExecutionOutcome From,
        ExecutionOutcome Outcome,
        Gas GasUsed,
        bool IsVerified) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)38;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxOutcomeKnown), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Block(Block), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Ternary("from", From);
            fields.Ternary("outcome", Outcome);
            fields.Number("gasUsed", GasUsed.Value);
            fields.Flag("verified", IsVerified);
        }

        private static TxOutcomeKnown Read(in RecordView record, ref PayloadReader fields) => new(
            record.TxKey,
            record.BlockKey,
            record.SenderKey,
            new BlockNumber(fields.Number()),
            (ExecutionOutcome)fields.Ternary(),
            (ExecutionOutcome)fields.Ternary(),
            new Gas(fields.Number()),
            fields.Flag());
    }
}
