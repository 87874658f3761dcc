using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The storage of a pool was read, as it is after a block.</summary>
    /// <remarks>The slots are raw: which of them mean what follows from the pool's contract, as the registry in force names it.</remarks>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Number">Its height.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Id">Which pool of the contract, for a contract of many; the zero hash otherwise.</param>
    /// <param name="IsProven">True when the block's state root proves each value; false for what a node claims.</param>
    /// <param name="Slots">The slots, in the order of reading.</param>
    public sealed record PoolObserved(Hash256 Block, BlockNumber Number, Address Contract, Hash256 Id, bool IsProven, IReadOnlyList<ObservedSlot> Slots) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)22;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(PoolObserved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Address("contract", Contract);
            fields.HashOrUnknown("id", Id);
            fields.Flag("proven", IsProven);
            fields.BeginList("slots", Slots.Count);
            foreach (var slot in Slots)
            {
                fields.Item(slot);
            }

            fields.EndList();
        }

        private static PoolObserved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.BlockKey, new BlockNumber(fields.Number()), fields.Address(), fields.Hash(), fields.Flag(), fields.List(ObservedSlot.Read));
    }
}
