using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A slot of a pool that was read, and proven, after a block is not what follows from the log. The pool is set aside until it is read anew.</summary>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Number">Its height.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Id">Which pool of the contract, for a contract of many; the zero hash otherwise.</param>
    /// <param name="Cause">Why.</param>
    /// <param name="Found">The slot, with its value.</param>
    /// <param name="Expected">The value that follows from the log.</param>
    public sealed record StateDivergence(Hash256 Block, BlockNumber Number, Address Contract, Hash256 Id, DivergenceCause Cause, ObservedSlot Found, UInt256 Expected) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)23;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(StateDivergence), Read);

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
            fields.Code("cause", Cause);
            Found.WriteFields(ref fields);
            fields.Amount("expected", Expected);
        }

        private static StateDivergence Read(in RecordView record, ref PayloadReader fields) => new(
            record.BlockKey,
            new BlockNumber(fields.Number()),
            fields.Address(),
            fields.Hash(),
            (DivergenceCause)fields.Code(),
            ObservedSlot.Read(ref fields),
            fields.Amount());
    }
}
