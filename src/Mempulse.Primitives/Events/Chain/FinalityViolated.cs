using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The chain left blocks that were final, or every block that is remembered: a restarted development chain, or a reorg beyond finality.</summary>
    /// <remarks>
    /// What was confirmed stays confirmed on the chain that was abandoned. The fold takes back every block that was not final and follows the
    /// new chain from its next block on.
    /// </remarks>
    /// <param name="NewHead">The head of the new chain. A key of the record.</param>
    /// <param name="NewNumber">Its height.</param>
    /// <param name="OldHead">The head of the abandoned chain.</param>
    /// <param name="OldNumber">Its height.</param>
    /// <param name="CommonAncestor">The last block both chains share; null when it is below every block that is remembered.</param>
    /// <param name="CommonAncestorNumber">Its height; null when it is not known.</param>
    /// <param name="Detail">How it was found, in a sentence.</param>
    public sealed record FinalityViolated(
        Hash256 NewHead,
        BlockNumber NewNumber,
        Hash256 OldHead,
        BlockNumber OldNumber,
        Hash256? CommonAncestor,
        BlockNumber? CommonAncestorNumber,
        string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)21;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(FinalityViolated), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(NewHead));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("newNumber", NewNumber.Value);
            fields.Hash("oldHead", OldHead);
            fields.Number("oldNumber", OldNumber.Value);
            fields.NullableHash("commonAncestor", CommonAncestor);
            fields.NullableNumber("commonAncestorNumber", CommonAncestorNumber?.Value);
            fields.Text("detail", Detail);
        }

        private static FinalityViolated Read(in RecordView record, ref PayloadReader fields) => new(
            record.BlockKey,
            new BlockNumber(fields.Number()),
            fields.Hash(),
            new BlockNumber(fields.Number()),
            fields.NullableHash(),
            fields.NullableNumber() is { } number ? new BlockNumber(number) : null,
            fields.Text());
    }
}
