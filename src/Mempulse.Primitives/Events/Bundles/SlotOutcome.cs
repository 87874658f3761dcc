using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A source stated what became of a slot, or of a part of one.</summary>
    /// <param name="Slot">The slot.</param>
    /// <param name="Standing">What became of it.</param>
    /// <param name="Block">Its block; null for none. A key of the record.</param>
    /// <param name="SubBlock">The part of the slot, from 0, on chains that have them; null for the whole.</param>
    public sealed record SlotOutcome(ulong Slot, SlotStanding Standing, Hash256? Block, int? SubBlock) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)87;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(SlotOutcome), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => Block is { } block ? EventKeys.Of(EventKey.Block(block)) : EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("slot", Slot);
            fields.Code("standing", Standing);
            fields.NullableNumber("subBlock", (ulong?)SubBlock);
        }

        private static SlotOutcome Read(in RecordView record, ref PayloadReader fields) =>
            new(fields.Number(), (SlotStanding)fields.Code(), record.TryGetKey(KeyKind.Block, out var block) ? block.Value : null, fields.NullableCount());
    }
}
