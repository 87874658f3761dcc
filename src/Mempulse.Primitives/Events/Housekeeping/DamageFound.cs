using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The writer found acknowledged data of this log damaged. What is in the damaged place is never returned to a reader.</summary>
    /// <param name="File">The name of the file in the log's directory.</param>
    /// <param name="Offset">Byte offset in the file.</param>
    /// <param name="First">The first position that cannot be read; 0 if no position is known to be affected.</param>
    /// <param name="Last">The last position that cannot be read, inclusive; 0 if no position is known to be affected.</param>
    /// <param name="Expected">What should be there.</param>
    /// <param name="Actual">What is there.</param>
    public sealed record DamageFound(string File, ulong Offset, GlobalSeq First, GlobalSeq Last, string Expected, string Actual) : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)114;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(DamageFound), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.None;

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Text("file", File);
            fields.Number("offset", Offset);
            fields.Number("first", First.Value);
            fields.Number("last", Last.Value);
            fields.Text("expected", Expected);
            fields.Text("actual", Actual);
        }

        private static DamageFound Read(in RecordView record, ref PayloadReader fields) =>
            new(fields.Text(), fields.Number(), new GlobalSeq(fields.Number()), new GlobalSeq(fields.Number()), fields.Text(), fields.Text());
    }
}
