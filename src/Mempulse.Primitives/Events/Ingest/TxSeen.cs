using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source announced or delivered a transaction; one event for each sighting.</summary>
    /// <param name="Hash">The transaction. A key of the record.</param>
    /// <param name="Via">How the source reported it.</param>
    public sealed record TxSeen(Hash256 Hash, SightingVia Via) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)1;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxSeen), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => WriteFields(ref fields, Via);

        internal static void WriteFields<TFields>(ref TFields fields, SightingVia via)
            where TFields : IFieldWriter, allows ref struct => fields.Code("via", via);

        private static TxSeen Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, (SightingVia)fields.ByteCode());
    }
}
