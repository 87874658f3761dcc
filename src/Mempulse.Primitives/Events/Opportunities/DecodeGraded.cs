using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A decoded trade of an included transaction was held against the logs of its receipt.</summary>
    /// <param name="Tx">The transaction. A key of the record.</param>
    /// <param name="Block">The block that includes it. A key of the record.</param>
    /// <param name="Contract">The contract whose function was decoded; the zero account if only its selector was known.</param>
    /// <param name="Layout">The ABI or command table that it was read by.</param>
    /// <param name="Signature">The function.</param>
    /// <param name="Verdict">How the trade compares with the logs.</param>
    /// <param name="Part">The first part that they contradict or the trade does not state.</param>
    /// <param name="WasCertain">True if they contradict an amount that was called exact.</param>
    public sealed record DecodeGraded(
        Hash256 Tx, Hash256 Block, Address Contract, string Layout, string Signature, GradeVerdict Verdict, TradePart Part, bool WasCertain) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)48;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(DecodeGraded), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Tx), EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Address("contract", Contract);
            fields.Text("layout", Layout);
            fields.Text("signature", Signature);
            fields.Code("verdict", Verdict);
            fields.Code("part", Part);
            fields.Flag("wasCertain", WasCertain);
        }

        private static DecodeGraded Read(in RecordView record, ref PayloadReader fields) => new(
            record.TxKey,
            record.BlockKey,
            fields.Address(),
            fields.Text(),
            fields.Text(),
            (GradeVerdict)fields.Code(),
            (TradePart)fields.Code(),
            fields.Flag());
    }
}
