using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A bundle was dropped before it was sent, or is not sent again.</summary>
    /// <param name="Bundle">The bundle. A key of the record.</param>
    /// <param name="Block">The head that decided. A key of the record.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Profit">What it would gain on that head; zero where it was not simulated.</param>
    /// <param name="By">The bundle that takes its place, or the block that is the reason; null for none.</param>
    public sealed record BundleStale(Hash256 Bundle, Hash256 Block, BundleEnd Reason, WeiDelta Profit, Hash256? By) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)81;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BundleStale), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("reason", Reason);
            fields.Delta("profit", Profit);
            fields.NullableHash("by", By);
        }

        private static BundleStale Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BundleKey, record.BlockKey, (BundleEnd)fields.Code(), fields.Delta(), fields.NullableHash());
    }
}
