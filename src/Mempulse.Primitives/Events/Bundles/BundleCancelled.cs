using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A bundle that relays may have is withdrawn: each of them is asked to forget it. It may still land.</summary>
    /// <param name="Bundle">The bundle. A key of the record.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="By">The bundle that takes its place; null for none.</param>
    public sealed record BundleCancelled(Hash256 Bundle, BundleEnd Reason, Hash256? By) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)85;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BundleCancelled), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Bundle(Bundle));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("reason", Reason);
            fields.NullableHash("by", By);
        }

        private static BundleCancelled Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BundleKey, (BundleEnd)fields.Code(), fields.NullableHash());
    }
}
