using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The canonical chain left blocks it had; the new ones follow as <see cref="BlockObserved"/>.</summary>
    /// <remarks>The fold takes back every block above the common ancestor.</remarks>
    /// <param name="NewHead">The new head, as far as it is known. A key of the record.</param>
    /// <param name="OldHead">The head that was left.</param>
    /// <param name="CommonAncestor">The last block both chains share.</param>
    /// <param name="CommonAncestorNumber">Its height.</param>
    /// <param name="Depth">Blocks that were left.</param>
    public sealed record ReorgDetected(
        Hash256 NewHead,
        Hash256 OldHead,
        Hash256 CommonAncestor,
        BlockNumber CommonAncestorNumber,
        ulong Depth) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)17;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(ReorgDetected), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(NewHead));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Hash("oldHead", OldHead);
            fields.Hash("commonAncestor", CommonAncestor);
            fields.Number("commonAncestorNumber", CommonAncestorNumber.Value);
            fields.Number("depth", Depth);
        }

        private static ReorgDetected Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BlockKey, fields.Hash(), fields.Hash(), new BlockNumber(fields.Number()), fields.Number());
    }
}
