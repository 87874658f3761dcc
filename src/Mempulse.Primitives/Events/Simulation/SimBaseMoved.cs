using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The base block of a simulation left the canonical chain, or returned to it.</summary>
    /// <param name="Sim">The simulation. A key of the record.</param>
    /// <param name="Base">Its base block. A key of the record.</param>
    /// <param name="To">The standing of the block now.</param>
    public sealed record SimBaseMoved(Hash256 Sim, Hash256 Base, SimBaseStanding To) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)66;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(SimBaseMoved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Sim(Sim), EventKey.Block(Base));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields) => fields.Code("to", To);

        private static SimBaseMoved Read(in RecordView record, ref PayloadReader fields) =>
            new(record.SimKey, record.BlockKey, (SimBaseStanding)fields.Code());
    }
}
