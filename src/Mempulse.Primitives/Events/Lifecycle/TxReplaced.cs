using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Another transaction of the same sender and nonce replaced this one.</summary>
    /// <param name="Hash">The one replaced. A key of the record.</param>
    /// <param name="Sender">The sender of both. A key of the record.</param>
    /// <param name="From">Its state before.</param>
    /// <param name="By">The one that replaced it; zero when a block used the nonce for an unknown transaction.</param>
    /// <param name="Nonce">The nonce of both.</param>
    /// <param name="ByInclusion">True when a block decided it, false when a higher fee did.</param>
    public sealed record TxReplaced(Hash256 Hash, Address Sender, TxState From, Hash256 By, Nonce Nonce, bool ByInclusion) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)33;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(TxReplaced), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Hash), EventKey.Sender(Sender));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("from", From);
            fields.HashOrUnknown("by", By);
            fields.Number("nonce", Nonce.Value);
            fields.Flag("byInclusion", ByInclusion);
        }

        private static TxReplaced Read(in RecordView record, ref PayloadReader fields) =>
            new(record.TxKey, record.SenderKey, (TxState)fields.Code(), fields.Hash(), new Nonce(fields.Number()), fields.Flag());
    }
}
