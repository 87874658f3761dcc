using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Ingest did not process a block.</summary>
    /// <param name="Block">The block, or the zero hash when its hash is not known. A key of the record.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">Its height according to the source.</param>
    /// <param name="Detail">What was wrong, in a sentence.</param>
    public sealed record BlockIngestDropped(Hash256 Block, DropReason Reason, BlockNumber Number, string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)4;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BlockIngestDropped), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("reason", Reason);
            fields.Number("number", Number.Value);
            fields.Text("detail", Detail);
        }

        private static BlockIngestDropped Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BlockKey, (DropReason)fields.Code(), new BlockNumber(fields.Number()), fields.Text());
    }
}
