using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>Blocks were missed: their transactions are not known.</summary>
    /// <param name="From">First missing height, inclusive.</param>
    /// <param name="To">Last missing height, inclusive.</param>
    /// <param name="Detail">Why they were missed, in a sentence.</param>
    public sealed record ChainGap(BlockNumber From, BlockNumber To, string Detail) : LaneFact
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)18;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(ChainGap), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("from", From.Value);
            fields.Number("to", To.Value);
            fields.Text("detail", Detail);
        }

        private static ChainGap Read(in RecordView record, ref PayloadReader fields) =>
            new(new BlockNumber(fields.Number()), new BlockNumber(fields.Number()), fields.Text());
    }
}
