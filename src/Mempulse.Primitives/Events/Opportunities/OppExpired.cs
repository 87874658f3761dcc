using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>An opportunity was not used in time.</summary>
    /// <param name="Opp">The opportunity. A key of the record.</param>
    /// <param name="Trigger">The pending transaction. A key of the record.</param>
    /// <param name="Reason">Why: the trigger expired, or too many blocks followed.</param>
    public sealed record OppExpired(Hash256 Opp, Hash256 Trigger, OppEnd Reason) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)52;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(OppExpired), Read);

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
            fields.Code("reason", Reason);
            fields.TrailingText("rules", Rules);
            fields.TrailingHash("registry", Registry);
        }

        private static OppExpired Read(in RecordView record, ref PayloadReader fields) =>
            new(record.OppKey, record.TxKey, (OppEnd)fields.Code()) { Rules = fields.Text(), Registry = fields.NullableHash() };
    }
}
