using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>An opportunity that was invalidated holds again, on the same base with the same amounts.</summary>
    /// <param name="Opp">The opportunity. A key of the record.</param>
    /// <param name="Trigger">The pending transaction. A key of the record.</param>
    /// <param name="After">Why it was invalidated.</param>
    /// <param name="IsHandedOn">True if it is handed on to simulation.</param>
    public sealed record OppReopened(Hash256 Opp, Hash256 Trigger, OppEnd After, bool IsHandedOn) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)51;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(OppReopened), Read);

        /// <summary>The versions that judged it, such as "backrun-arbitrage/3 mempool/2 expected-value/1": strategy, extractor and scorer; empty in older logs.</summary>
        public string Rules { get; init; } = string.Empty;

        /// <summary>Keccak-256 of the registry in force; null in older logs.</summary>
        public Hash256? Registry { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Trigger), EventKey.Opp(Opp));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("after", After);
            fields.Flag("handedOn", IsHandedOn);
            fields.TrailingText("rules", Rules);
            fields.TrailingHash("registry", Registry);
        }

        private static OppReopened Read(in RecordView record, ref PayloadReader fields) =>
            new(record.OppKey, record.TxKey, (OppEnd)fields.Code(), fields.Flag()) { Rules = fields.Text(), Registry = fields.NullableHash() };
    }
}
