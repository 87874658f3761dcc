using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Ingest did not process transactions. It never changes the life of a transaction.</summary>
    /// <remarks>Drops of one kind in one window may share one event; the count is exact.</remarks>
    /// <param name="First">The first one dropped, or the zero hash when its hash is not known. A key of the record.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Lane">The lane that dropped, by name.</param>
    /// <param name="Queue">The queue or check that dropped.</param>
    /// <param name="DepthNow">Items in the queue when it happened.</param>
    /// <param name="DepthPeak">Most items the queue ever held.</param>
    /// <param name="Count">How many, exactly, from First to Last in one window.</param>
    /// <param name="Last">The last one dropped.</param>
    /// <param name="Detail">What was wrong, in a sentence.</param>
    /// <param name="Raw">The bytes that did not decode, cut to a bound; empty for other reasons.</param>
    public sealed record TxIngestDropped(
        Hash256 First,
        DropReason Reason,
        string Lane,
        string Queue,
        ulong DepthNow,
        ulong DepthPeak,
        ulong Count,
        Hash256 Last,
        string Detail,
        ReadOnlyMemory<byte> Raw) : LaneFact
    {
        /// <summary>Nanoseconds from the first of the drops, whose time is that of the record, to the last one; 0 for a single one.</summary>
        public ulong SpanNanoseconds { get; init; }

        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)3;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxIngestDropped), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(First));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("reason", Reason);
            fields.Text("lane", Lane);
            fields.Text("queue", Queue);
            fields.Number("depth", DepthNow);
            fields.Number("peak", DepthPeak);
            fields.Number("count", Count);
            fields.Hash("last", Last);
            fields.Text("detail", Detail);
            fields.Bytes("raw", Raw.Span);
            fields.TrailingNumber("spanNs", SpanNanoseconds);
        }

        private static TxIngestDropped Read(in RecordView record, ref PayloadReader fields) => new(
            record.TxKey,
            (DropReason)fields.Code(),
            fields.Text(),
            fields.Text(),
            fields.Number(),
            fields.Number(),
            fields.Number(),
            fields.Hash(),
            fields.Text(),
            fields.Bytes().ToArray())
        {
            SpanNanoseconds = fields.Number(),
        };
    }
}
